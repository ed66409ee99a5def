// docs/rules.md "Waitlist", sentence by sentence.
#include <gtest/gtest.h>

#include "core/appointments/booking.h"
#include "core/appointments/join_waitlist.h"
#include "core/appointments/offer.h"
#include "core/appointments/override_block.h"
#include "core/appointments/waitlist_entry.h"
#include "core/catalog/catalog.h"
#include "core/kernel/notice.h"
#include "tests/core/support/full_wednesday.h"
#include "tests/core/support/kinds.h"

namespace yuanyue::worlds {
namespace {

TEST(Waitlist, ARefusedWishCanWaitWhileThePresentSeatIsKept) {
  FullWednesday world;
  const Attempt made = world.book(alpha, thursday);
  EXPECT_EQ(world.reschedule(alpha, made.booking, wednesday).code(), refusals::block_full);
  const Attempt waiting = world.join_to_swap(alpha, made.booking, wednesday);
  ASSERT_EQ(waiting.code(), accepted);
  EXPECT_EQ(world.booking(made.booking).block, thursday);
  EXPECT_EQ(world.queue(wednesday), std::vector{waiting.entry});
  world.free_one();
  ASSERT_NE(world.offer_of(waiting.entry), nullptr);
  EXPECT_EQ(world.booking(made.booking).block, thursday);
  EXPECT_EQ(world.accept(alpha, waiting.entry).code(), accepted);
  EXPECT_EQ(world.booking(made.booking).block, wednesday);
  EXPECT_EQ(world.booked(thursday), 0);
  EXPECT_EQ(world.entry(waiting.entry).status, WaitlistStatus::fulfilled);
}

TEST(Waitlist, TiersGoInOrderAndFirstComeFirstServedInsideOne) {
  FullWednesday world;
  std::vector<WaitlistEntryId> expected(4);
  const auto join = [&](const Member& who) {
    world.pass(ms_per_second);
    return world.join(who, wednesday).entry;
  };
  expected[2] = join(alpha);
  expected[3] = join(beta);
  expected[1] = join(high_tech);
  expected[0] = join(key_project);
  EXPECT_EQ(world.queue(wednesday), expected);
  world.free_one();
  EXPECT_NE(world.offer_of(expected[0]), nullptr);
  EXPECT_EQ(world.queue(wednesday), std::vector(expected.begin() + 1, expected.end()));
}

TEST(Waitlist, WaitingFiveBusinessDaysLiftsAnEntryOneTier) {
  // Joined on Tuesday 29 September; 1 to 7 October are holidays, the 10th is a make-up workday.
  std::vector<AnyRow> rows = park_rows();
  for (AnyRow& year : official_years()) rows.push_back(std::move(year));
  TestWorld world(rows, at("2026-09-29 10:00"));
  const BlockKey block = licence_block("2026-10-26 09:00");
  world.fill(block, 100, 2);
  const Attempt waiting = world.join(alpha, block);
  struct Line {
    const char* now;
    Tier tier;
  };
  const Line lines[] = {
      {"2026-10-12 09:59", Tier::ordinary},     // 30th, 8th, 9th, 10th: four
      {"2026-10-12 10:00", Tier::high_tech},    // five
      {"2026-10-19 09:59", Tier::high_tech},    //
      {"2026-10-19 10:00", Tier::key_project},  //
      {"2026-10-26 06:59", Tier::key_project},  // not quite five more
  };
  for (const Line& line : lines) {
    world.go_to(line.now);
    EXPECT_EQ(world.entry(waiting.entry).tier, line.tier) << line.now;
  }
  EXPECT_EQ(world.notifications(alpha, notices::tier_promoted).size(), 2U);
}

TEST(Waitlist, PromotionNeverReachesEmergency) {
  TestWorld world;
  change_policy(world, [](ServicePolicy& policy) { policy.promote_after_business_days = 1; });
  const BlockKey block = licence_block("2026-11-30 09:00");
  world.fill(block, 100, 2);
  const Attempt waiting = world.join(alpha, block);
  world.go_to("2026-11-28 00:00");
  EXPECT_EQ(world.entry(waiting.entry).tier, Tier::relocation);
  EXPECT_EQ(world.entry(waiting.entry).promote_at, never);
}

TEST(Waitlist, PromotionOvertakesTheTierLeft) {
  FullWednesday world;
  const Attempt first = world.join(alpha, wednesday);
  world.go_to("2026-11-06 09:00");
  const Attempt second = world.join(high_tech, wednesday);
  EXPECT_EQ(world.queue(wednesday), (std::vector{second.entry, first.entry}));
  world.go_to("2026-11-09 09:00");  // five business days of the first, who came earlier
  EXPECT_EQ(world.queue(wednesday), (std::vector{first.entry, second.entry}));
}

TEST(Waitlist, AnOutsiderNeverOvertakesTheQueue) {
  FullWednesday world;
  const Attempt waiting = world.join(alpha, wednesday);
  world.free_one();
  EXPECT_EQ(world.book(beta, wednesday).code(), refusals::block_full);
  EXPECT_EQ(world.accept(alpha, waiting.entry).code(), accepted);
  EXPECT_EQ(world.booked(wednesday), 2);
}

TEST(Waitlist, ASeatThatNobodyWaitingMayHaveIsFreeForOthers) {
  FullWednesday world;
  const Attempt overlapping = world.book(alpha, tax_block("2026-11-25 10:00"));
  const Attempt waiting = world.join(alpha, wednesday);
  world.free_one();
  EXPECT_EQ(world.offer_of(waiting.entry), nullptr);
  EXPECT_EQ(world.book(beta, wednesday).code(), accepted);
  world.free_one();
  EXPECT_EQ(world.offer_of(waiting.entry), nullptr);
  world.cancel(alpha, overlapping.booking);  // now it may have it
  EXPECT_NE(world.offer_of(waiting.entry), nullptr);
}

TEST(Waitlist, MoreCapacityIsOfferedToo) {
  FullWednesday world;
  const Attempt waiting = world.join(alpha, wednesday);
  EXPECT_EQ(world.administer(OverrideBlock{{wednesday, false, 3, "加开窗口"}}).code(), accepted);
  EXPECT_NE(world.offer_of(waiting.entry), nullptr);
}

// --- joining -------------------------------------------------------------------------------------

TEST(JoinWaitlist, IsRefusedWhenThereIsNoNeedOrNoWay) {
  FullWednesday world;
  EXPECT_EQ(world.join(alpha, thursday).code(), refusals::seat_is_free);
  EXPECT_EQ(world.join(alpha, licence_block("2026-11-22 09:00")).code(), refusals::block_closed);
  EXPECT_EQ(world.join(alpha, JoinWaitlist{.service = licence}).code(), refusals::invalid);
  EXPECT_EQ(
      world.join(alpha, {.service = ServiceId::of("none"), .wishes = {wish(wednesday)}}).code(),
      refusals::not_found);
  EXPECT_EQ(world.join(alpha, wednesday).code(), accepted);
  const Attempt again = world.join(alpha, wednesday);
  EXPECT_EQ(again.code(), refusals::already_waiting);
}

TEST(JoinWaitlist, LimitsHoldPerEnterpriseAndPerQueue) {
  FullWednesday world;
  world.fill(afternoon, 110, 2);
  change_policy(world, [](ServicePolicy& policy) {
    policy.max_waitlist_entries = 1;
    policy.max_waiting = 1;
  });
  const Attempt first = world.join(alpha, wednesday);
  ASSERT_EQ(first.code(), accepted);
  const Attempt second = world.join(alpha, afternoon);
  ASSERT_EQ(second.code(), refusals::too_many_entries);
  EXPECT_EQ(about(*second.refusal).entry, first.entry);
  EXPECT_EQ(world.join(beta, wednesday).code(), refusals::waitlist_full);
  EXPECT_EQ(world.join(beta, afternoon).code(), accepted);
}

TEST(JoinWaitlist, ANewSeatNeedsRoomUnderMaxOpenAndASwapItsNotice) {
  FullWednesday world;
  const Attempt near = world.book(alpha, licence_block("2026-11-04 09:00"));
  world.book(alpha, thursday);
  EXPECT_EQ(world.join(alpha, wednesday).code(), refusals::too_many_open);
  world.go_to("2026-11-03 10:00");  // past Wednesday 4 November's deadline
  EXPECT_EQ(world.join_to_swap(alpha, near.booking, wednesday).code(), refusals::past_deadline);
}

TEST(JoinWaitlist, PartsOfDaysNameTheirBlocks) {
  FullWednesday world;
  world.fill(afternoon, 110, 2);
  struct Line {
    PartOfDay part;
    std::vector<BlockKey> blocks;
  };
  const Line lines[] = {{PartOfDay::any, {wednesday, afternoon}},
                        {PartOfDay::morning, {wednesday}},
                        {PartOfDay::afternoon, {afternoon}}};
  for (const Line& line : lines) {
    const Attempt waiting =
        world.join(alpha, {.service = licence, .wishes = {wish("2026-11-25", line.part)}});
    ASSERT_EQ(waiting.code(), accepted);
    EXPECT_EQ(world.entry(waiting.entry).blocks, line.blocks);
    EXPECT_EQ(world.leave(alpha, waiting.entry).code(), accepted);
    EXPECT_TRUE(world.queue(wednesday).empty());
    EXPECT_TRUE(world.queue(afternoon).empty());
  }
}

TEST(ChangeWaitlistEntry, KeepsThePlaceInTime) {
  FullWednesday world;
  world.fill(afternoon, 110, 2);
  const Attempt first = world.join(alpha, wednesday);
  world.pass(ms_per_minute);
  const Attempt second = world.join(beta, afternoon);
  world.pass(ms_per_minute);
  const auto change =
      world.execute(actor(alpha), change_seen(world.state(), first.entry, {wish(afternoon)}, true));
  ASSERT_EQ(change.code(), accepted);
  EXPECT_TRUE(world.queue(wednesday).empty());
  EXPECT_EQ(world.queue(afternoon), (std::vector{first.entry, second.entry}));
  EXPECT_TRUE(world.entry(first.entry).auto_accept);
}

// Found by simulation seed 4001: the wish of a service switched off since was changed to a block
// with a free seat, and waited beside it.
TEST(ChangeWaitlistEntry, HasNothingNewAtAServiceThatIsSwitchedOff) {
  FullWednesday world;
  const Attempt waiting = world.join(alpha, wednesday);
  Service row = *world.state().find(licence);
  row.active = false;
  world.put(row);
  const auto change = world.execute(
      actor(alpha), change_seen(world.state(), waiting.entry, {wish(afternoon)}, false));
  EXPECT_EQ(change.code(), refusals::service_inactive);
  EXPECT_EQ(change.refusal->ways.front().kind, ways::view_entry);
  world.free_one();
  EXPECT_NE(world.offer_of(waiting.entry), nullptr) << "what it waits for it may still get";
}

// --- the end -------------------------------------------------------------------------------------

TEST(WaitlistEnd, WhenItsBlocksPass) {
  FullWednesday world;
  world.fill(afternoon, 110, 2);
  const Attempt waiting = world.join(alpha, {.service = licence, .wishes = {wish("2026-11-25")}});
  world.go_to("2026-11-25 11:59");
  EXPECT_TRUE(is_open(world.entry(waiting.entry)));
  world.go_to("2026-11-25 12:00");  // the afternoon's cutoff
  EXPECT_EQ(world.entry(waiting.entry).end_reason, WaitlistEndReason::blocks_passed);
  EXPECT_EQ(world.notifications(alpha, notices::waitlist_ended).size(), 1U);
}

TEST(WaitlistEnd, WhenItsBookingIsGone) {
  FullWednesday world;
  const Attempt own = world.book(alpha, thursday);
  const Attempt waiting = world.join_to_swap(alpha, own.booking, wednesday);
  world.cancel(alpha, own.booking);
  EXPECT_EQ(world.entry(waiting.entry).end_reason, WaitlistEndReason::booking_gone);
  EXPECT_TRUE(world.queue(wednesday).empty());
  EXPECT_EQ(world.notifications(alpha, notices::waitlist_ended).size(), 1U);
}

TEST(WaitlistEnd, WhenTheEnterpriseLeavesItNeedsNotBeTold) {
  FullWednesday world;
  const Attempt first = world.join(alpha, wednesday);
  world.pass(ms_per_second);
  const Attempt second = world.join(beta, wednesday);
  world.free_one();
  EXPECT_EQ(world.leave(alpha, first.entry).code(), accepted);
  EXPECT_EQ(world.entry(first.entry).status, WaitlistStatus::left);
  EXPECT_TRUE(world.notifications(alpha, notices::waitlist_ended).empty());
  EXPECT_NE(world.offer_of(second.entry), nullptr);
  EXPECT_EQ(world.leave(alpha, first.entry).code(), refusals::not_confirmed);
}

TEST(WaitlistEnd, WhenItsWishCameTrueByTheEnterprisesOwnHand) {
  FullWednesday world;
  const Attempt own = world.book(alpha, thursday);
  const Attempt waiting = world.join_to_swap(alpha, own.booking, wednesday);
  world.administer(OverrideBlock{{wednesday, false, 2, ""}});
  world.book(beta, friday);
  change_policy(world, [](ServicePolicy& policy) { policy.max_changes = 3; });
  // A seat it cannot be offered (its offer is open), taken by hand.
  world.free_one();
  ASSERT_NE(world.offer_of(waiting.entry), nullptr);
  world.free_one();
  EXPECT_EQ(world.reschedule(alpha, own.booking, wednesday).code(), accepted);
  EXPECT_EQ(world.entry(waiting.entry).status, WaitlistStatus::left);
  EXPECT_EQ(world.booked(wednesday), 1);
  EXPECT_EQ(world.held(wednesday), 0);
}

}  // namespace
}  // namespace yuanyue::worlds
