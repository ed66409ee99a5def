// docs/rules.md "Waitlist": an enterprise sees its place and who is before it by tier; of the
// others it learns numbers only, and decides with them what it can.
#include "core/appointments/waiting_place.h"

#include <algorithm>
#include <string>

#include <gtest/gtest.h>

#include "core/appointments/booking.h"
#include "core/appointments/queues.h"
#include "core/appointments/waitlist_rules.h"
#include "core/domains/codec.h"
#include "core/kernel/engine.h"
#include "core/people/user.h"
#include "tests/core/support/full_wednesday.h"

namespace yuanyue::worlds {
namespace {

ByTier ahead_of(const State& state, const WaitlistEntryId& entry, const BlockKey& block) {
  const WaitingPlace* place = state.find(place_key(entry, block));
  return place == nullptr ? ByTier{-1, -1, -1, -1, -1} : place->ahead;
}
constexpr ByTier no_place{-1, -1, -1, -1, -1};

std::size_t places_written(const Outcome& outcome) {
  return static_cast<std::size_t>(std::ranges::count_if(
      outcome.changes(), [](const RowChange& change) { return change.row().is<WaitingPlace>(); }));
}

// alpha and beta wait for Wednesday as ordinary ones, then comes a key project.
struct ThreeWait : FullWednesday {
  ThreeWait() {
    first = join(alpha, wednesday).entry;
    pass(ms_per_second);
    second = join(beta, wednesday).entry;
    pass(ms_per_second);
    overtaking = join(key_project, wednesday);
  }
  WaitlistEntryId first;
  WaitlistEntryId second;
  Attempt overtaking;
};

TEST(WaitingPlace, FollowsWhoComesAndGoes) {
  ThreeWait world;
  const WaitlistEntryId key = world.overtaking.entry;
  EXPECT_EQ(world.state().find(wednesday)->waiting, (ByTier{0, 0, 1, 0, 2}));
  EXPECT_EQ(ahead_of(world.state(), key, wednesday), ByTier{});
  EXPECT_EQ(ahead_of(world.state(), world.first, wednesday), (ByTier{0, 0, 1, 0, 0}));
  EXPECT_EQ(ahead_of(world.state(), world.second, wednesday), (ByTier{0, 0, 1, 0, 1}));
  world.free_one();  // to the key project, which waits no more
  EXPECT_EQ(world.state().find(wednesday)->waiting, (ByTier{0, 0, 0, 0, 2}));
  EXPECT_EQ(ahead_of(world.state(), key, wednesday), no_place);
  EXPECT_EQ(ahead_of(world.state(), world.second, wednesday), (ByTier{0, 0, 0, 0, 1}));
  world.leave(alpha, world.first);
  EXPECT_EQ(ahead_of(world.state(), world.first, wednesday), no_place);
  EXPECT_EQ(ahead_of(world.state(), world.second, wednesday), ByTier{});
}

TEST(WaitingPlace, IsWrittenOnlyWhereItChanges) {
  ThreeWait world;
  EXPECT_EQ(places_written(world.overtaking.outcome), 3U);
  const Attempt last = world.join(gamma_works, wednesday);
  EXPECT_EQ(places_written(last.outcome), 1U) << "nobody stands behind it";
  EXPECT_EQ(places_written(world.leave(gamma_works, last.entry).outcome), 1U);
  EXPECT_EQ(places_written(world.leave(alpha, world.first).outcome), 2U);
}

TEST(WaitingPlace, IsOfEachBlockByItself) {
  ThreeWait world;
  world.fill(thursday, 300, 2);
  world.leave(beta, world.second);
  const Attempt both = world.join(
      beta, JoinWaitlist{.service = licence, .wishes = {wish(wednesday), wish(thursday)}});
  ASSERT_EQ(both.code(), accepted);
  EXPECT_EQ(ahead_of(world.state(), both.entry, wednesday), (ByTier{0, 0, 1, 0, 1}));
  EXPECT_EQ(ahead_of(world.state(), both.entry, thursday), ByTier{});
  // With an offer of the one it waits on for the other.
  world.free_one();
  world.leave(alpha, world.first);
  world.free_one();
  ASSERT_NE(world.offer_of(both.entry), nullptr);
  EXPECT_EQ(world.entry(both.entry).offered_block, wednesday);
  EXPECT_EQ(ahead_of(world.state(), both.entry, wednesday), no_place);
  EXPECT_EQ(ahead_of(world.state(), both.entry, thursday), ByTier{});
  world.decline(beta, both.entry);
  EXPECT_FALSE(world.entry(both.entry).offered_block.has_value());
  EXPECT_EQ(ahead_of(world.state(), both.entry, thursday), ByTier{});
}

// No id, instant or tier that would tell one from another who waits.
TEST(WaitingPlace, NothingElseOfOthersReachesAnEnterprise) {
  ThreeWait world;
  const State replica = replica_of(world.state(), beta.user);
  std::string texts;
  for (const auto& [key, row] : take_snapshot(replica)) texts += wire::encode(row);
  EXPECT_NE(texts.find(to_string(world.second)), std::string::npos);
  for (const WaitlistEntryId& other : {world.first, world.overtaking.entry}) {
    EXPECT_EQ(texts.find(to_string(other)), std::string::npos);
    const std::string since = std::to_string(world.entry(other).joined_at.ms);
    EXPECT_EQ(texts.find(since), std::string::npos);
  }
  EXPECT_EQ(replica.count<WaitingPlace>(), 1U);
  EXPECT_EQ(unknown_in_queue(replica, wednesday), (ByTier{0, 0, 1, 0, 1}));
  EXPECT_EQ(unknown_in_queue(world.state(), wednesday), ByTier{});
}

// --- what a page decides by numbers ------------------------------------------------------------

Result<Outcome> predict(State& replica, const Member& who, Instant now, const AnyCommand& command) {
  return execute(replica, {CommandId(uuid(8, 1)), actor(who), now, command});
}

TEST(WaitingPlace, IsPredictedBehindAllOfTheSameTier) {
  ThreeWait world;
  State replica = replica_of(world.state(), high_tech.user);
  const WaitlistEntryId mine(world.next_id());
  const JoinWaitlist join{.entry = mine, .service = licence, .wishes = {wish(wednesday)}};
  ASSERT_TRUE(predict(replica, high_tech, world.now(), join));
  EXPECT_EQ(ahead_of(replica, mine, wednesday), (ByTier{0, 0, 1, 0, 0}));
  EXPECT_EQ(replica.find(wednesday)->waiting, (ByTier{0, 0, 1, 1, 2}));

  State another = replica_of(world.state(), gamma_works.user);
  ASSERT_TRUE(predict(another, gamma_works, world.now(), join));
  EXPECT_EQ(ahead_of(another, mine, wednesday), (ByTier{0, 0, 1, 0, 2}));
}

TEST(WaitingPlace, IsPredictedGoneWhenTheEntryLeaves) {
  ThreeWait world;
  State replica = replica_of(world.state(), beta.user);
  ASSERT_TRUE(predict(replica, beta, world.now(), leave_seen(replica, world.second)));
  EXPECT_EQ(replica.find(wednesday)->waiting, (ByTier{0, 0, 1, 0, 1}));
  EXPECT_EQ(replica.count<WaitingPlace>(), 0U);
}

// alpha gives up the seat that it also waits for. Whether the seat is its own again, a page says
// only when nobody can be before it.
TEST(WaitingPlace, TellsAPageWhetherItIsItsTurn) {
  struct Line {
    const Member& other;
    bool comes_before;  // alpha
    bool is_its_turn;
  };
  const Line lines[] = {{beta, true, false},
                        {beta, false, true},
                        {key_project, true, false},
                        {key_project, false, false}};
  for (const Line& line : lines) {
    TestWorld world;
    const BookingId seat = world.book(alpha, wednesday).booking;
    world.fill(wednesday, 100, 1);
    if (line.comes_before) world.join(line.other, wednesday);
    world.pass(ms_per_second);
    const WaitlistEntryId mine = world.join(alpha, wednesday).entry;
    world.pass(ms_per_second);
    if (!line.comes_before) world.join(line.other, wednesday);
    State replica = replica_of(world.state(), alpha.user);
    ASSERT_TRUE(predict(replica, alpha, world.now(), cancel_seen(replica, seat)));
    const WaitlistStatus expected =
        line.is_its_turn ? WaitlistStatus::offered : WaitlistStatus::waiting;
    EXPECT_EQ(replica.get(mine).status, expected) << &line - lines;
    world.cancel(alpha, seat);
    EXPECT_EQ(world.entry(mine).status, expected) << "as the server does: " << &line - lines;
  }
}

}  // namespace
}  // namespace yuanyue::worlds
