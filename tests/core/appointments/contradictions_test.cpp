#include "core/appointments/contradictions.h"

#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "core/appointments/booking.h"
#include "core/appointments/waiting_place.h"
#include "core/appointments/waitlist_entry.h"
#include "tests/core/support/random_park.h"
#include "tests/core/support/snapshot.h"
#include "tests/core/support/world_test.h"

namespace yuanyue::worlds {
namespace {

TEST(Contradictions, AreNeverMadeByCommandsAndTimers) {
  World world(RandomPark::rows(), RandomPark::start(), Checks::none);
  RandomPark park(7, ms_per_day);
  for (int number = 0; number < 1500; ++number) {
    const RandomStep step = park.next(world.state(), world.now());
    world.pass(step.pause_ms);
    world.execute(step.who, step.command);
    park.remember(world.take_seen());
    const auto found = find_contradiction(world.state());
    ASSERT_FALSE(found) << number << ": " << found->row.type().name << found->fault;
  }
  EXPECT_GT(world.state().count<Booking>(), 50U);
}

TEST(Contradictions, ACounterThatIsNotItsBookingsIsFound) {
  World world(RandomPark::rows(), RandomPark::start(), Checks::none);
  const Block counted{.key = licence_block("2026-11-25 09:00"), .end = clock("11:00"), .booked = 1};
  world.put(counted);
  const auto found = find_contradiction(world.state());
  ASSERT_TRUE(found);
  EXPECT_EQ(found->row, AnyKey(counted.key));
  EXPECT_EQ(found->fault, ".booked: not its bookings");
}

TEST(Contradictions, WaitingRowsThatDisagreeAreFound) {
  const auto fault_after = [](auto change) {
    TestWorld world;
    world.fill(licence_block("2026-11-25 09:00"), 100, 2);
    const WaitlistEntryId entry = world.join(alpha, licence_block("2026-11-25 09:00")).entry;
    World spoilt(RandomPark::rows(), world.now(), Checks::none);
    for (const auto& [key, row] : take_snapshot(world.state())) spoilt.put(row);
    EXPECT_FALSE(find_contradiction(spoilt.state()));
    for (AnyRow& row : change(spoilt.state(), entry)) spoilt.put(std::move(row));
    const auto found = find_contradiction(spoilt.state());
    return found ? std::string(found->row.type().name) + std::string(found->fault) : "none";
  };
  using Rows = std::vector<AnyRow>;
  const BlockKey wednesday = licence_block("2026-11-25 09:00");
  EXPECT_EQ(fault_after([&](const State& state, const WaitlistEntryId&) {
              Block block = state.get(wednesday);
              block.waiting = {0, 0, 0, 1, 0};
              return Rows{block};
            }),
            "block.waiting: not its open entries");
  EXPECT_EQ(fault_after([&](const State& state, const WaitlistEntryId& entry) {
              WaitingPlace place = state.get(place_key(entry, wednesday));
              place.ahead = {0, 0, 0, 0, 1};
              return Rows{place};
            }),
            "waiting_place.ahead: not who goes before it");
  EXPECT_EQ(fault_after([&](const State& state, const WaitlistEntryId& entry) {
              WaitingPlace place = state.get(place_key(entry, wednesday));
              place.enterprise = beta.enterprise;
              return Rows{place};
            }),
            "waiting_place.enterprise: not that of the entry");
  EXPECT_EQ(fault_after([&](const State& state, const WaitlistEntryId& entry) {
              WaitingPlace place = state.get(place_key(entry, wednesday));
              place.key.date = place.key.date + 1;
              return Rows{place};
            }),
            "waiting_place.key: the entry does not wait there");
  EXPECT_EQ(fault_after([&](const State&, const WaitlistEntryId&) {
              return Rows{WaitingPlace{.key = {WaitlistEntryId(uuid(1, 1)), {}, {}}}};
            }),
            "waiting_place.key.entry: not_found");
  EXPECT_EQ(fault_after([&](const State& state, const WaitlistEntryId& entry) {
              WaitlistEntry row = state.get(entry);
              row.offered_block = wednesday;
              return Rows{row};
            }),
            "waitlist_entry.offered_block: not that of its open offer");
}

TEST(Contradictions, AnEntryWithoutItsPlaceIsFound) {
  TestWorld world;
  world.fill(licence_block("2026-11-25 09:00"), 100, 2);
  world.join(alpha, licence_block("2026-11-25 09:00"));
  State lacking;
  for (const auto& [key, row] : take_snapshot(world.state())) {
    if (!row.is<WaitingPlace>()) lacking.put(row);
  }
  const auto found = find_contradiction(lacking);
  ASSERT_TRUE(found);
  EXPECT_EQ(found->fault, ".blocks: there is no place in the queue");
}

}  // namespace
}  // namespace yuanyue::worlds
