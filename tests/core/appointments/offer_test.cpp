// docs/rules.md "Waitlist", of seats that free: offers, holds, chains.
#include "core/appointments/offer.h"

#include <gtest/gtest.h>

#include "core/appointments/answer_offer.h"
#include "core/appointments/booking.h"
#include "core/appointments/waitlist_entry.h"
#include "core/catalog/catalog.h"
#include "core/kernel/notice.h"
#include "core/people/save_user.h"
#include "core/people/user.h"
#include "tests/core/support/full_wednesday.h"
#include "tests/core/support/kinds.h"

namespace yuanyue::worlds {
namespace {

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
    std::vector<AnyRow> rows = park_rows();
    for (AnyRow& year : official_years()) rows.push_back(std::move(year));
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
    const auto told = world.notifications(alpha, notices::offer_made);
    ASSERT_EQ(told.size(), 1U);
    EXPECT_EQ(about(told[0]).until, offer->expires_at);
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
  EXPECT_EQ(world.notifications(alpha, notices::offer_expired).size(), 1U);
  EXPECT_EQ(world.notifications(alpha, notices::waitlist_ended).size(), 1U);
  ASSERT_NE(world.offer_of(second.entry), nullptr);
  EXPECT_EQ(world.decline(beta, second.entry).code(), accepted);
  EXPECT_EQ(world.entry(second.entry).end_reason, WaitlistEndReason::offer_declined);
  ASSERT_NE(world.offer_of(third.entry), nullptr);
  EXPECT_EQ(world.accept(gamma_works, third.entry).code(), accepted);
  EXPECT_EQ(world.accept(gamma_works, third.entry).code(), refusals::not_found);
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
  const auto told = world.notifications(alpha, notices::auto_accepted);
  ASSERT_EQ(told.size(), 1U);
  EXPECT_EQ(world.booking(about(told[0]).booking).block, wednesday);
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
                                             .auto_accept = true,
                                             .swap_from = place_of(world.state(), booking)});
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
                     .auto_accept = true,
                     .swap_from = place_of(world.state(), own.booking)});
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
  EXPECT_EQ(world.accept(alpha, waiting.entry).code(), refusals::too_many_changes);
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
  EXPECT_EQ(world.accept(alpha, waiting.entry).code(), refusals::past_cutoff);
}

TEST(Offer, SeatsTakenMeanwhileAreSaidWhenItNoLongerFits) {
  FullWednesday world;
  const Attempt waiting = world.join(alpha, wednesday);
  world.free_one();
  const Attempt overlapping = world.book(alpha, tax_block("2026-11-25 10:00"));
  ASSERT_EQ(overlapping.code(), accepted);
  const Attempt refused = world.accept(alpha, waiting.entry);
  ASSERT_EQ(refused.code(), refusals::overlaps_own_booking);
  EXPECT_EQ(about(*refused.refusal).booking, overlapping.booking);
}

TEST(Offer, OnceClosedItIsRefusedWithAlternatives) {
  FullWednesday world;
  const Attempt waiting = world.join(alpha, wednesday);
  world.free_one();
  const OfferId offer = world.offer_of(waiting.entry)->id;
  world.pass(3 * ms_per_day);
  const Attempt late = world.execute(actor(alpha), AcceptOffer{.offer = offer});
  ASSERT_EQ(late.code(), refusals::offer_closed);
  EXPECT_FALSE(late.refusal->ways.empty());
  EXPECT_EQ(world.execute(actor(alpha), DeclineOffer{offer}).code(), refusals::offer_closed);
}

// Regression: five minutes before the block closed an enterprise got an offer, and was told then
// that it had not answered in time.
TEST(Offer, HeldShorterThanAnybodyMustBeGivenItIsNotCalledExpired) {
  FullWednesday world;
  const Attempt waiting = world.join(alpha, wednesday);
  world.go_to("2026-11-25 06:55");  // the block closes for booking at 07:00
  world.free_one();
  ASSERT_NE(world.offer_of(waiting.entry), nullptr);
  const OfferId offer = world.offer_of(waiting.entry)->id;
  world.go_to("2026-11-25 07:00");
  EXPECT_EQ(world.state().find(offer)->status, OfferStatus::withdrawn);
  EXPECT_EQ(world.entry(waiting.entry).end_reason, WaitlistEndReason::blocks_passed);
  EXPECT_TRUE(world.notifications(alpha, notices::offer_expired).empty());
  EXPECT_EQ(world.notifications(alpha, notices::offer_withdrawn).size(), 1U);
}

TEST(Offer, HeldAsLongAsItMustBeItIsCalledExpired) {
  FullWednesday world;
  const Attempt waiting = world.join(alpha, wednesday);
  world.go_to("2026-11-25 06:45");
  world.free_one();
  const OfferId offer = world.offer_of(waiting.entry)->id;
  world.go_to("2026-11-25 07:00");
  EXPECT_EQ(world.state().find(offer)->status, OfferStatus::expired);
  EXPECT_EQ(world.entry(waiting.entry).end_reason, WaitlistEndReason::offer_expired);
}

// --- who can sign in -----------------------------------------------------------------------------

void set_disabled(World& world, const Member& who, bool disabled) {
  User row = *world.state().find(who.user);
  row.disabled = disabled;
  EXPECT_EQ(world.administer(SaveUser{row}).code(), accepted);
}

TEST(Offer, IsNotMadeToAnEnterpriseThatNobodyCanSignInFor) {
  FullWednesday world;
  const Attempt first = world.join(alpha, wednesday);
  world.pass(ms_per_second);
  const Attempt second = world.join(beta, wednesday);
  set_disabled(world, alpha, true);
  world.free_one();
  EXPECT_EQ(world.offer_of(first.entry), nullptr);
  EXPECT_NE(world.offer_of(second.entry), nullptr);
  EXPECT_EQ(world.queue(wednesday), std::vector{first.entry}) << "its place is kept";
  set_disabled(world, alpha, false);
  world.free_one();
  EXPECT_NE(world.offer_of(first.entry), nullptr);
}

TEST(Offer, GoesOnWhenTheLastAccountOfItsEnterpriseIsDisabled) {
  FullWednesday world;
  const Attempt first = world.join(alpha, wednesday);
  world.pass(ms_per_second);
  const Attempt second = world.join(beta, wednesday);
  User colleague = *world.state().find(alpha.user);
  colleague.id = UserId(world.next_id());
  colleague.name = "colleague";
  EXPECT_EQ(world.execute(console, SaveUser{colleague}).code(), accepted);
  world.free_one();
  ASSERT_NE(world.offer_of(first.entry), nullptr);
  set_disabled(world, alpha, true);
  EXPECT_NE(world.offer_of(first.entry), nullptr) << "a colleague can still answer";
  colleague.disabled = true;
  EXPECT_EQ(world.execute(console, SaveUser{colleague}).code(), accepted);
  EXPECT_EQ(world.offer_of(first.entry), nullptr);
  EXPECT_NE(world.offer_of(second.entry), nullptr);
  EXPECT_EQ(world.queue(wednesday), std::vector{first.entry});
}

TEST(Offer, AFreeSeatIsOfferedWhenSomebodyCanSignInAgain) {
  FullWednesday world;
  const Attempt waiting = world.join_automatically(alpha, wednesday);
  set_disabled(world, alpha, true);
  world.free_one();
  EXPECT_EQ(world.entry(waiting.entry).status, WaitlistStatus::waiting);
  set_disabled(world, alpha, false);
  EXPECT_EQ(world.entry(waiting.entry).status, WaitlistStatus::fulfilled);
}

}  // namespace
}  // namespace yuanyue::worlds
