// What a page promises of a change that is not given yet, it asks of the rules that will decide,
// with what its replica holds. In random worlds a promised undo is accepted by the server.
#include <gtest/gtest.h>

#include "core/appointments/booking.h"
#include "core/appointments/booking_rules.h"
#include "core/appointments/offer.h"
#include "core/appointments/override_block.h"
#include "core/appointments/reschedule_booking.h"
#include "core/appointments/waitlist_entry.h"
#include "core/catalog/catalog.h"
#include "core/kernel/command.h"
#include "core/kernel/engine.h"
#include "core/kernel/row.h"
#include "core/people/user.h"
#include "tests/core/support/full_wednesday.h"
#include "tests/core/support/random_park.h"

namespace yuanyue::worlds {
namespace {

bool promises_undo(State& replica, const Actor& who, const RescheduleBooking& move, Instant now) {
  bool promised = false;
  const auto seen =
      suppose(replica, {CommandId(uuid(6, 1)), who, now, move}, [&](const State& after) {
        promised = undo_open_until(after, *after.find(move.booking), now).has_value();
      });
  return seen && promised;
}

TEST(UndoPromise, IsNotMadeWhereSomebodyWaitsForTheOldSeat) {
  TestWorld world;
  const Attempt made = world.book(alpha, wednesday);
  world.fill(wednesday, 100, 1);
  const RescheduleBooking move{made.booking, wednesday, thursday};
  State before = replica_of(world.state(), alpha.user);
  EXPECT_TRUE(promises_undo(before, actor(alpha), move, world.now()));
  ASSERT_EQ(world.join(beta, wednesday).code(), accepted);
  // The replica knows that somebody waits, not who.
  State replica = replica_of(world.state(), alpha.user);
  ASSERT_EQ(of_all(replica.find(wednesday)->waiting), 1);
  EXPECT_FALSE(promises_undo(replica, actor(alpha), move, world.now()));
}

TEST(UndoPromise, IsNotMadeForAMoveThatTheHallHasForced) {
  TestWorld world;
  const Attempt made = world.book(alpha, wednesday);
  world.administer(OverrideBlock{{wednesday, true, {}, "停电"}});
  State replica = replica_of(world.state(), alpha.user);
  EXPECT_FALSE(
      promises_undo(replica, actor(alpha), {made.booking, wednesday, thursday}, world.now()));
}

TEST(UndoPromise, IsKeptByTheServer) {
#ifdef __EMSCRIPTEN__
  constexpr std::uint64_t seeds = 2;
#else
  constexpr std::uint64_t seeds = 8;
#endif
  int kept = 0, not_made = 0;
  for (std::uint64_t seed = 1; seed <= seeds; ++seed) {
    World world(RandomPark::rows(), RandomPark::start(), Checks::none);
    RandomPark park(seed, 14 * ms_per_hour);
    for (int number = 0; number < 600; ++number) {
      const RandomStep step = park.next(world.state(), world.now());
      world.pass(step.pause_ms);
      const auto* move = step.command.get_if<RescheduleBooking>();
      bool promised = false;
      if (move != nullptr && world.state().find(step.who.user) != nullptr) {
        State replica = replica_of(world.state(), step.who.user);
        promised = promises_undo(replica, step.who, *move, world.now());
      }
      const Attempt attempt = world.execute(step.who, step.command);
      park.remember(world.take_seen());
      if (move == nullptr || !attempt) continue;
      if (!promised) {
        ++not_made;
        continue;
      }
      ++kept;
      EXPECT_EQ(world.execute(step.who, undo_seen(world.state(), move->booking)).code(), accepted)
          << "seed " << seed << ", step " << number;
      park.remember(world.take_seen());
    }
  }
  EXPECT_GT(kept, 20);
  EXPECT_GT(not_made, 20);
}

}  // namespace
}  // namespace yuanyue::worlds
