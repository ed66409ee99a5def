// domain.md "Waitlist", sentence by sentence.
#include <gtest/gtest.h>

#include "tests/core/support/world_test.h"

namespace yuanyue::worlds {
namespace {

const BlockKey wednesday = licence_block("2026-11-25 09:00");
const BlockKey afternoon = licence_block("2026-11-25 14:00");
const BlockKey thursday = licence_block("2026-11-26 09:00");
const BlockKey friday = licence_block("2026-11-27 09:00");

void change_policy(World& world, void (*change)(ServicePolicy&)) {
  Service row = *world.state().find(licence);
  change(row.policy);
  world.put(row);
}

// A world whose Wednesday morning is full; `holders` are the bookings in it.
struct FullWednesday : TestWorld {
  FullWednesday() {
    for (std::uint64_t number = 100; number < 102; ++number) {
      put(enterprise_row(member(number), number));
      put(user_row(member(number), number));
      holders.push_back(book(member(number), wednesday).booking);
    }
  }
  void free_one() {
    const std::uint64_t number = 100 + freed_++;
    EXPECT_EQ(cancel(member(number), holders[static_cast<std::size_t>(number - 100)]).code(),
              accepted);
  }
  std::vector<BookingId> holders;

 private:
  std::uint64_t freed_ = 0;
};

TEST(Waitlist, ARefusedWishCanWaitWhileThePresentSeatIsKept) {
  FullWednesday world;
  const Attempt made = world.book(alpha, thursday);
  EXPECT_EQ(world.reschedule(alpha, made.booking, wednesday).code(), RejectionCode::block_full);
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
  std::vector<Row> rows = park_rows();
  for (Row& year : official_years()) rows.push_back(std::move(year));
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
  EXPECT_EQ(world.notifications(alpha, NotificationKind::tier_promoted).size(), 2U);
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
  EXPECT_EQ(world.book(beta, wednesday).code(), RejectionCode::block_full);
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
  EXPECT_EQ(world.join(alpha, thursday).code(), RejectionCode::seat_is_free);
  EXPECT_EQ(world.join(alpha, licence_block("2026-11-22 09:00")).code(),
            RejectionCode::block_closed);
  EXPECT_EQ(world.join(alpha, JoinWaitlist{.service = licence}).code(), RejectionCode::invalid);
  EXPECT_EQ(
      world.join(alpha, {.service = ServiceId::of("none"), .wishes = {wish(wednesday)}}).code(),
      RejectionCode::not_found);
  EXPECT_EQ(world.join(alpha, wednesday).code(), accepted);
  const Attempt again = world.join(alpha, wednesday);
  EXPECT_EQ(again.code(), RejectionCode::already_waiting);
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
  ASSERT_EQ(second.code(), RejectionCode::too_many_entries);
  EXPECT_EQ(second.refusal->entry, first.entry);
  EXPECT_EQ(world.join(beta, wednesday).code(), RejectionCode::waitlist_full);
  EXPECT_EQ(world.join(beta, afternoon).code(), accepted);
}

TEST(JoinWaitlist, ANewSeatNeedsRoomUnderMaxOpenAndASwapItsNotice) {
  FullWednesday world;
  const Attempt near = world.book(alpha, licence_block("2026-11-04 09:00"));
  world.book(alpha, thursday);
  EXPECT_EQ(world.join(alpha, wednesday).code(), RejectionCode::too_many_open);
  world.go_to("2026-11-03 10:00");  // past Wednesday 4 November's deadline
  EXPECT_EQ(world.join_to_swap(alpha, near.booking, wednesday).code(),
            RejectionCode::past_deadline);
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
      world.execute(actor(alpha), ChangeWaitlistEntry{first.entry, {wish(afternoon)}, true});
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
  const auto change =
      world.execute(actor(alpha), ChangeWaitlistEntry{waiting.entry, {wish(afternoon)}, false});
  EXPECT_EQ(change.code(), RejectionCode::not_found);
  EXPECT_EQ(change.refusal->ways.front().kind, WayKind::view_entry);
  world.free_one();
  EXPECT_NE(world.offer_of(waiting.entry), nullptr) << "what it waits for it may still get";
}

// --- offers --------------------------------------------------------------------------------------

TEST(Offer, HoldsTwoHoursOfOpeningTimeNeverPastTheCutoff) {
  struct Line {
    const char* made_at;
    const char* expires_at;
    const char* block;
  };
  const Line lines[] = {
      {"2026-09-22 09:30", "2026-09-22 11:30", "2026-10-12 09:00"},
      {"2026-09-22 11:00", "2026-09-22 14:30", "2026-10-12 09:00"},  // over the lunch break
      {"2026-09-22 16:00", "2026-09-23 10:00", "2026-10-12 09:00"},  // over the evening
      {"2026-09-22 12:30", "2026-09-22 15:30", "2026-10-12 09:00"},  // in the lunch break
      {"2026-09-22 10:00", "2026-09-22 12:00", "2026-10-12 09:00"},  // ends with the morning
      {"2026-09-30 16:30", "2026-10-08 10:30", "2026-10-12 09:00"},  // over National Day
      {"2026-10-11 22:00", "2026-10-12 07:00", "2026-10-12 09:00"},  // the cutoff
      {"2026-10-12 06:55", "2026-10-12 07:00", "2026-10-12 09:00"},
  };
  for (const Line& line : lines) {
    std::vector<Row> rows = park_rows();
    for (Row& year : official_years()) rows.push_back(std::move(year));
    TestWorld world(rows, at("2026-09-21 09:00"));
    const BlockKey key = licence_block(line.block);
    world.fill(key, 100, 1);
    const Attempt held = world.book(beta, key);
    const Attempt waiting = world.join(alpha, key);
    world.go_to(line.made_at);
    world.cancel(beta, held.booking);
    const Offer* offer = world.offer_of(waiting.entry);
    ASSERT_NE(offer, nullptr) << line.made_at;
    EXPECT_EQ(to_string(offer->expires_at), to_string(at(line.expires_at))) << line.made_at;
    const auto told = world.notifications(alpha, NotificationKind::offer_made);
    ASSERT_EQ(told.size(), 1U);
    EXPECT_EQ(told[0].until, offer->expires_at);
  }
}

TEST(Offer, HoldsAtLeastFifteenMinutes) {
  FullWednesday world;
  change_policy(world, [](ServicePolicy& policy) { policy.hold_ms = ms_per_minute; });
  const Attempt waiting = world.join(alpha, wednesday);
  world.free_one();
  EXPECT_EQ(world.offer_of(waiting.entry)->expires_at, world.now() + 15 * ms_per_minute);
}

TEST(Offer, GoesToTheNextWhenItExpiresOrIsDeclined) {
  FullWednesday world;
  const Attempt first = world.join(alpha, wednesday);
  world.pass(ms_per_second);
  const Attempt second = world.join(beta, wednesday);
  world.pass(ms_per_second);
  const Attempt third = world.join(gamma_works, wednesday);
  world.free_one();
  world.go_to(world.offer_of(first.entry)->expires_at);
  EXPECT_EQ(world.entry(first.entry).status, WaitlistStatus::ended);
  EXPECT_EQ(world.entry(first.entry).end_reason, WaitlistEndReason::offer_expired);
  EXPECT_EQ(world.notifications(alpha, NotificationKind::offer_expired).size(), 1U);
  EXPECT_EQ(world.notifications(alpha, NotificationKind::waitlist_ended).size(), 1U);
  ASSERT_NE(world.offer_of(second.entry), nullptr);
  EXPECT_EQ(world.decline(beta, second.entry).code(), accepted);
  EXPECT_EQ(world.entry(second.entry).end_reason, WaitlistEndReason::offer_declined);
  ASSERT_NE(world.offer_of(third.entry), nullptr);
  EXPECT_EQ(world.accept(gamma_works, third.entry).code(), accepted);
  EXPECT_EQ(world.accept(gamma_works, third.entry).code(), RejectionCode::not_found);
}

TEST(Offer, AfterAnOutageTheNextGetsItsWholeHold) {
  FullWednesday world;
  const Attempt first = world.join(alpha, wednesday);
  world.pass(ms_per_second);
  const Attempt second = world.join(beta, wednesday);
  world.free_one();
  world.wake_at(at("2026-11-03 09:00"));
  EXPECT_EQ(world.entry(first.entry).status, WaitlistStatus::ended);
  ASSERT_NE(world.offer_of(second.entry), nullptr);
  EXPECT_EQ(world.offer_of(second.entry)->expires_at, at("2026-11-03 11:00"));
}

TEST(Offer, DeclinedForOneBlockTheEntryWaitsForItsOthers) {
  FullWednesday world;
  world.fill(afternoon, 110, 2);
  const Attempt waiting = world.join(alpha, {.service = licence, .wishes = {wish("2026-11-25")}});
  world.free_one();
  EXPECT_EQ(world.queue(afternoon), std::vector{waiting.entry});
  EXPECT_EQ(world.decline(alpha, waiting.entry).code(), accepted);
  EXPECT_EQ(world.entry(waiting.entry).status, WaitlistStatus::waiting);
  EXPECT_EQ(world.entry(waiting.entry).blocks, std::vector{afternoon});
}

TEST(Offer, AnAutoAcceptEntryTakesTheSeatDirectly) {
  FullWednesday world;
  const Attempt waiting = world.join_automatically(alpha, wednesday);
  world.free_one();
  EXPECT_EQ(world.entry(waiting.entry).status, WaitlistStatus::fulfilled);
  EXPECT_EQ(world.booked(wednesday), 2);
  EXPECT_EQ(world.held(wednesday), 0);
  const auto told = world.notifications(alpha, NotificationKind::auto_accepted);
  ASSERT_EQ(told.size(), 1U);
  EXPECT_EQ(world.booking(told[0].booking).block, wednesday);
}

TEST(Offer, SwapsChainAcrossBlocks) {
  // Wednesday <- alpha from Thursday <- beta from Friday <- gamma; each block with one seat.
  TestWorld world;
  Service row = licence_row();
  for (TemplateBlock& line : row.weekly) line.capacity = 1;
  world.put(row);
  const Attempt first = world.book(high_tech, wednesday);
  const Attempt second = world.book(alpha, thursday);
  const Attempt third = world.book(beta, friday);
  const auto swap = [&](const Member& who, const BookingId& booking, const BlockKey& block) {
    const Attempt waiting = world.join(who, {.service = licence,
                                             .wishes = {wish(block)},
                                             .swap_booking = booking,
                                             .auto_accept = true});
    EXPECT_EQ(waiting.code(), accepted);
  };
  swap(alpha, second.booking, wednesday);
  swap(beta, third.booking, thursday);
  const Attempt newcomer = world.join_automatically(gamma_works, friday);
  ASSERT_EQ(world.cancel(high_tech, first.booking).code(), accepted);
  EXPECT_EQ(world.booking(second.booking).block, wednesday);
  EXPECT_EQ(world.booking(third.booking).block, thursday);
  EXPECT_EQ(world.entry(newcomer.entry).status, WaitlistStatus::fulfilled);
  EXPECT_EQ(world.booked(friday), 1);
}

// Regression: declining gave the enterprise's other entries no second look at free seats that had
// passed them by while the held seat counted against its limit.
TEST(Offer, DecliningOneLetsTheEnterprisesOtherEntriesHaveFreeSeats) {
  FullWednesday world;
  change_policy(world, [](ServicePolicy& policy) { policy.max_open = 1; });
  world.fill(thursday, 110, 1);
  const Attempt leaving = world.book(beta, thursday);
  const Attempt first = world.join(alpha, wednesday);
  const Attempt second = world.join(alpha, thursday);
  world.free_one();
  ASSERT_NE(world.offer_of(first.entry), nullptr);
  world.cancel(beta, leaving.booking);
  EXPECT_EQ(world.offer_of(second.entry), nullptr);
  world.decline(alpha, first.entry);
  EXPECT_NE(world.offer_of(second.entry), nullptr);
}

// Regression: an automatic swap left a seat that overlapped another wish, which was not looked at.
TEST(Offer, AnAutomaticSwapLetsTheEnterprisesOtherEntriesHaveFreeSeats) {
  FullWednesday world;
  const BlockKey tax_morning = tax_block("2026-11-26 10:00");
  const Attempt taken = world.book(beta, tax_morning);
  const Attempt own = world.book(alpha, thursday);
  const Attempt overlapping = world.join(alpha, tax_morning);
  ASSERT_EQ(overlapping.code(), accepted);
  world.join(alpha, {.service = licence,
                     .wishes = {wish(wednesday)},
                     .swap_booking = own.booking,
                     .auto_accept = true});
  world.cancel(beta, taken.booking);
  EXPECT_EQ(world.offer_of(overlapping.entry), nullptr);
  world.free_one();
  EXPECT_EQ(world.booking(own.booking).block, wednesday);
  EXPECT_NE(world.offer_of(overlapping.entry), nullptr);
}

// Regression: a swap accepted after the enterprise had used up its changes made one more.
TEST(Offer, ASwapStaysWithinMaxChanges) {
  FullWednesday world;
  change_policy(world, [](ServicePolicy& policy) { policy.max_changes = 1; });
  const Attempt own = world.book(alpha, thursday);
  const Attempt waiting = world.join_to_swap(alpha, own.booking, wednesday);
  world.free_one();
  ASSERT_EQ(world.reschedule(alpha, own.booking, friday).code(), accepted);
  EXPECT_EQ(world.accept(alpha, waiting.entry).code(), RejectionCode::too_many_changes);
  EXPECT_EQ(world.booking(own.booking).changes_used, 1);
}

// Regression: a booking whose block had begun could be swapped away by an open offer.
TEST(Offer, ABookingThatHasBegunIsNotSwapped) {
  FullWednesday world;
  const BlockKey soon = licence_block("2026-11-05 09:00");
  const Attempt own = world.book(alpha, soon);
  const Attempt waiting = world.join_to_swap(alpha, own.booking, wednesday);
  world.go_to("2026-11-04 16:30");
  world.free_one();
  ASSERT_NE(world.offer_of(waiting.entry), nullptr);
  world.go_to("2026-11-05 09:05");
  EXPECT_EQ(world.accept(alpha, waiting.entry).code(), RejectionCode::past_cutoff);
}

TEST(Offer, SeatsTakenMeanwhileAreSaidWhenItNoLongerFits) {
  FullWednesday world;
  const Attempt waiting = world.join(alpha, wednesday);
  world.free_one();
  const Attempt overlapping = world.book(alpha, tax_block("2026-11-25 10:00"));
  ASSERT_EQ(overlapping.code(), accepted);
  const Attempt refused = world.accept(alpha, waiting.entry);
  ASSERT_EQ(refused.code(), RejectionCode::overlaps_own_booking);
  EXPECT_EQ(refused.refusal->booking, overlapping.booking);
}

TEST(Offer, OnceClosedItIsRefusedWithAlternatives) {
  FullWednesday world;
  const Attempt waiting = world.join(alpha, wednesday);
  world.free_one();
  const OfferId offer = world.offer_of(waiting.entry)->id;
  world.pass(3 * ms_per_day);
  const Attempt late = world.execute(actor(alpha), AcceptOffer{offer});
  ASSERT_EQ(late.code(), RejectionCode::offer_closed);
  EXPECT_FALSE(late.refusal->ways.empty());
  EXPECT_EQ(world.execute(actor(alpha), DeclineOffer{offer}).code(), RejectionCode::offer_closed);
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
  EXPECT_EQ(world.notifications(alpha, NotificationKind::waitlist_ended).size(), 1U);
}

TEST(WaitlistEnd, WhenItsBookingIsGone) {
  FullWednesday world;
  const Attempt own = world.book(alpha, thursday);
  const Attempt waiting = world.join_to_swap(alpha, own.booking, wednesday);
  world.cancel(alpha, own.booking);
  EXPECT_EQ(world.entry(waiting.entry).end_reason, WaitlistEndReason::booking_gone);
  EXPECT_TRUE(world.queue(wednesday).empty());
  EXPECT_EQ(world.notifications(alpha, NotificationKind::waitlist_ended).size(), 1U);
}

TEST(WaitlistEnd, WhenTheEnterpriseLeavesItNeedsNotBeTold) {
  FullWednesday world;
  const Attempt first = world.join(alpha, wednesday);
  world.pass(ms_per_second);
  const Attempt second = world.join(beta, wednesday);
  world.free_one();
  EXPECT_EQ(world.leave(alpha, first.entry).code(), accepted);
  EXPECT_EQ(world.entry(first.entry).status, WaitlistStatus::left);
  EXPECT_TRUE(world.notifications(alpha, NotificationKind::waitlist_ended).empty());
  EXPECT_NE(world.offer_of(second.entry), nullptr);
  EXPECT_EQ(world.leave(alpha, first.entry).code(), RejectionCode::not_confirmed);
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
