// Finished work leaves the state by itself after the park's retention; what is open never does.
#include <algorithm>

#include <gtest/gtest.h>

#include "core/appointments/block_override.h"
#include "core/appointments/booking.h"
#include "core/appointments/contradictions.h"
#include "core/appointments/offer.h"
#include "core/appointments/override_block.h"
#include "core/appointments/waitlist_entry.h"
#include "core/catalog/catalog.h"
#include "core/catalog/retention.h"
#include "core/catalog/save_catalog.h"
#include "core/domains/codec.h"
#include "core/messages/mark_notifications_read.h"
#include "tests/core/support/kinds.h"
#include "tests/core/support/world_test.h"

namespace yuanyue::worlds {
namespace {

template <class Row>
std::size_t archived(const Outcome& outcome) {
  return static_cast<std::size_t>(
      std::ranges::count_if(outcome.changes(), [](const RowChange& change) {
        return change.archived && change.before_if<Row>() != nullptr;
      }));
}

SaveCatalog with_retention(int days) {
  Park row{park, {"经开区", ""}};
  row.retention_days = days;
  return {.parks = {row}};
}

TEST(ArchiveWorld, ABookingLeavesWithTheEndOfItsRetention) {
  TestWorld world;
  const BlockKey key = licence_block("2026-11-25 09:00");
  const Attempt made = world.book(alpha, key);
  ASSERT_TRUE(made);
  const Instant end =
      to_instant(world.booking(made.booking).block.date, world.booking(made.booking).end);
  world.go_to(end + 90 * ms_per_day - 1);
  EXPECT_EQ(world.booking(made.booking).status, BookingStatus::ended);
  world.take_seen();
  world.pass(1);
  EXPECT_EQ(world.state().find(made.booking), nullptr);
  EXPECT_EQ(world.state().count<Booking>(), 0U);
  const Outcome seen = world.take_seen();
  EXPECT_EQ(archived<Booking>(seen), 1U);
  EXPECT_TRUE(seen.ledger.empty()) << "nothing has happened";
  EXPECT_FALSE(world.cancel(alpha, made.booking));
  EXPECT_FALSE(find_contradiction(world.state()));
}

TEST(ArchiveWorld, WhatIsOpenStaysHoweverOldItIs) {
  TestWorld world;
  SaveCatalog far = with_retention(31);
  far.services = {*world.state().find(licence)};
  far.services[0].policy.window_days = 365;
  ASSERT_TRUE(world.administer(far));
  const BlockKey soon = licence_block("2026-11-25 09:00");
  const BlockKey later = licence_block("2027-05-12 09:00");
  const Attempt kept = world.book(alpha, later);
  ASSERT_TRUE(kept) << wire::encode(*kept.refusal);
  ASSERT_TRUE(world.book(beta, soon));
  world.go_to("2027-05-01 09:00");
  EXPECT_EQ(world.booking(kept.booking).status, BookingStatus::confirmed);
  EXPECT_EQ(world.state().count<Booking>(), 1U);
  EXPECT_EQ(world.state().count<Notification>(), 0U);
  EXPECT_FALSE(find_contradiction(world.state()));
}

TEST(ArchiveWorld, EntriesOffersAndMessagesLeaveToo) {
  TestWorld world;
  const BlockKey key = licence_block("2026-11-25 09:00");
  world.fill(key, 100, 1);
  const Attempt made = world.book(alpha, key);
  const Attempt waiting = world.join(beta, key);
  ASSERT_TRUE(waiting);
  ASSERT_TRUE(world.cancel(alpha, made.booking));
  ASSERT_NE(world.offer_of(waiting.entry), nullptr);
  ASSERT_TRUE(world.decline(beta, waiting.entry));
  EXPECT_FALSE(find_contradiction(world.state()));
  const NotificationId told = world.notifications(beta, notices::offer_made)[0].id;
  for (int day = 0; day < 130; ++day) {
    world.pass(ms_per_day);
    EXPECT_FALSE(find_contradiction(world.state())) << "day " << day;
  }
  EXPECT_EQ(world.state().count<WaitlistEntry>(), 0U);
  EXPECT_EQ(world.state().count<Offer>(), 0U);
  EXPECT_EQ(world.state().count<Notification>(), 0U);
  EXPECT_EQ(world.state().count<Booking>(), 0U);
  // Whoever marks what an old page shows is not told of a fault.
  EXPECT_EQ(world.execute(actor(beta), MarkNotificationsRead{{told}}).code(), accepted);
}

TEST(ArchiveWorld, AnOverrideLeavesAndMayBeSaidOfAnotherDay) {
  TestWorld world;
  const BlockKey key = licence_block("2026-11-25 09:00");
  ASSERT_TRUE(world.administer(OverrideBlock{{key, true, std::nullopt, "培训"}}));
  world.go_to(at("2026-11-26 00:00") + 90 * ms_per_day);
  EXPECT_EQ(world.state().count<BlockOverride>(), 0U);
}

TEST(ArchiveWorld, AChangedRetentionCountsAtOnce) {
  TestWorld world;
  const BlockKey key = licence_block("2026-11-25 09:00");
  const Attempt made = world.book(alpha, key);
  ASSERT_TRUE(world.administer(with_retention(200)));
  EXPECT_EQ(retention_ms(world.state()), 200 * ms_per_day);
  world.go_to(at("2026-11-25 12:00") + 100 * ms_per_day);
  EXPECT_NE(world.state().find(made.booking), nullptr);
  ASSERT_TRUE(world.administer(with_retention(90)));
  EXPECT_EQ(world.state().find(made.booking), nullptr) << "with the next turn";
}

TEST(ArchiveWorld, OfSeveralParksTheLongestCounts) {
  State state;
  EXPECT_EQ(retention_ms(state), 90 * ms_per_day) << "of none the usual";
  Park short_one{ParkId::of("a"), {"甲", ""}};
  short_one.retention_days = 31;
  state.put(short_one);
  EXPECT_EQ(retention_ms(state), 31 * ms_per_day);
  Park long_one{ParkId::of("b"), {"乙", ""}};
  long_one.retention_days = 365;
  state.put(long_one);
  EXPECT_EQ(retention_ms(state), 365 * ms_per_day);
}

}  // namespace
}  // namespace yuanyue::worlds
