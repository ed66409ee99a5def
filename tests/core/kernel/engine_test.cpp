// The engine's promises beyond what every World checks at each step.
#include "core/kernel/engine.h"

#include <gtest/gtest.h>

#include "core/appointments/booking.h"
#include "core/appointments/offer.h"
#include "core/appointments/waitlist_entry.h"
#include "core/kernel/run_due.h"
#include "tests/core/support/kinds.h"
#include "tests/core/support/world_test.h"

namespace yuanyue::worlds {
namespace {

const BlockKey wednesday = licence_block("2026-11-25 09:00");

TEST(Engine, TheSameCommandGivesTheSameOutcomeAndIds) {
  const auto run = [] {
    TestWorld world;
    world.fill(wednesday, 100, 1);
    const Attempt made = world.book(alpha, wednesday);
    world.join(beta, wednesday);
    return world.cancel(alpha, made.booking).outcome;
  };
  EXPECT_TRUE(equal(run(), run()));
}

TEST(Engine, ARefusalInTheMiddleTakesEverythingBack) {
  TestWorld world;
  world.fill(wednesday, 100, 2);
  const Snapshot before = take_snapshot(world.state());
  EXPECT_EQ(world.book(alpha, wednesday).code(), refusals::block_full);
  EXPECT_TRUE(take_snapshot(world.state()) == before);
}

TEST(Engine, NextDueIsTheEarliestThing) {
  TestWorld world;
  EXPECT_EQ(next_due(world.state()), never);
  world.fill(wednesday, 100, 2);
  EXPECT_EQ(next_due(world.state()), at("2026-11-25 11:00"));
  world.join(alpha, wednesday);
  EXPECT_EQ(next_due(world.state()), at("2026-11-09 09:00"));  // its promotion
}

// Regression: the system command ran what was not due yet.
TEST(Engine, NothingRunsBeforeItIsDue) {
  TestWorld world;
  world.fill(wednesday, 100, 2);
  const Attempt early = world.execute(system_actor, RunDue{});
  EXPECT_EQ(early.code(), accepted);
  EXPECT_TRUE(early.outcome.changes().empty());
  EXPECT_NE(world.state().find(wednesday), nullptr);
}

// A browser holds its own rows and the public counters: it predicts without the rest.
TEST(Engine, PredictsOnAPartOfTheState) {
  TestWorld world;
  world.fill(wednesday, 100, 1);
  const Attempt made = world.book(alpha, wednesday);
  world.join(beta, wednesday);  // beta's entry is not in alpha's replica

  State replica;
  for (const auto& [key, row] : take_snapshot(world.state())) {
    const auto* entry = row.get_if<WaitlistEntry>();
    const auto* booking = row.get_if<Booking>();
    const bool others = (entry != nullptr && entry->enterprise != alpha.enterprise) ||
                        (booking != nullptr && booking->enterprise != alpha.enterprise);
    if (!others) replica.put(row);
  }
  const Envelope envelope{CommandId(uuid(8, 1)), actor(alpha), world.now(),
                          cancel_seen(world.state(), made.booking)};
  const auto predicted = execute(replica, envelope);
  ASSERT_TRUE(predicted.has_value());
  EXPECT_EQ(replica.find(wednesday)->booked, 1);
  EXPECT_EQ(replica.find(wednesday)->held, 0);  // whose turn it is only the server can say
  EXPECT_EQ(of_all(replica.find(wednesday)->waiting), 1);
}

}  // namespace
}  // namespace yuanyue::worlds
