// docs/rules.md: a closure puts every affected booking on a relocation list; importing a year flags
// bookings that now fall on a closed day; nothing is silently dropped.
#include <gtest/gtest.h>

#include "core/appointments/blocks.h"
#include "core/appointments/booking.h"
#include "core/appointments/booking_rules.h"
#include "core/appointments/offer.h"
#include "core/appointments/override_block.h"
#include "core/catalog/import_calendar_year.h"
#include "core/catalog/save_catalog.h"
#include "core/messages/inbox.h"
#include "tests/core/support/kinds.h"
#include "tests/core/support/world_test.h"

namespace yuanyue::worlds {
namespace {

const BlockKey wednesday = licence_block("2026-11-25 09:00");
const BlockKey afternoon = licence_block("2026-11-25 14:00");
const BlockKey thursday = licence_block("2026-11-26 09:00");

AnyCommand close_block(const BlockKey& key) { return OverrideBlock{{key, true, {}, "停电"}}; }

SaveCatalog close_day(std::string_view date) {
  Hall row = hall_row();
  row.schedule.closures = {{day(date), "台风"}};
  return {.halls = {row}};
}

TEST(Closure, FlagsEveryAffectedBookingAndTellsTheEnterprise) {
  TestWorld world;
  const Attempt morning = world.book(alpha, wednesday);
  const Attempt other = world.book(beta, afternoon);
  const Attempt elsewhere = world.book(gamma_works, thursday);
  ASSERT_EQ(world.administer(close_day("2026-11-25")).code(), accepted);
  EXPECT_TRUE(world.booking(morning.booking).needs_relocation);
  EXPECT_TRUE(world.booking(other.booking).needs_relocation);
  EXPECT_FALSE(world.booking(elsewhere.booking).needs_relocation);
  const auto told = world.notifications(alpha, notices::relocation_needed);
  ASSERT_EQ(told.size(), 1U);
  EXPECT_EQ(about(told[0]).booking, morning.booking);
  EXPECT_EQ(about(told[0]).block, wednesday);
  EXPECT_TRUE(world.notifications(gamma_works, notices::relocation_needed).empty());
}

TEST(Closure, IsNamedToWhoWantsTheBlock) {
  TestWorld world;
  world.administer(close_day("2026-11-25"));
  const Attempt by_day = world.book(alpha, wednesday);
  ASSERT_EQ(by_day.code(), refusals::block_closed);
  EXPECT_EQ(about(*by_day.refusal).reason, DayReason::hall_closed);
  EXPECT_EQ(about(*by_day.refusal).reason_name, "台风");
  world.administer(close_block(thursday));
  const Attempt by_block = world.book(alpha, thursday);
  ASSERT_EQ(by_block.code(), refusals::block_closed);
  EXPECT_EQ(about(*by_block.refusal).reason_name, "停电");
}

TEST(Closure, WaivesNoticeAndCountsNoChange) {
  TestWorld world;
  const Attempt made = world.book(alpha, wednesday);
  world.go_to("2026-11-25 08:30");  // long past the deadline
  world.administer(close_block(wednesday));
  ASSERT_EQ(world.reschedule(alpha, made.booking, thursday).code(), accepted);
  EXPECT_FALSE(world.booking(made.booking).needs_relocation);
  EXPECT_EQ(world.booking(made.booking).changes_used, 0);
  // Regression: the refusal said that the undo time was over.
  EXPECT_EQ(world.undo(alpha, made.booking).code(), refusals::nothing_to_undo);
}

TEST(Closure, RanksItsBookingsFirstOnWaitlists) {
  TestWorld world;
  world.fill(thursday, 100, 1);
  const Attempt leaving = world.book(beta, thursday);
  const Attempt before = world.join(key_project, thursday);
  const Attempt made = world.book(alpha, wednesday);
  world.administer(close_block(wednesday));
  const Attempt waiting = world.join_to_swap(alpha, made.booking, thursday);
  ASSERT_EQ(waiting.code(), accepted);
  EXPECT_EQ(world.queue(thursday), (std::vector{waiting.entry, before.entry}));
  world.cancel(beta, leaving.booking);
  EXPECT_EQ(world.accept(alpha, waiting.entry).code(), accepted);
}

// Regression: a swap that waited already when its booking's block was closed kept its low tier.
TEST(Closure, LiftsTheSwapsThatWaitAlreadyAndLowersThemWhenItIsOver) {
  TestWorld world;
  world.fill(thursday, 100, 2);
  const Attempt made = world.book(alpha, wednesday);
  const Attempt before = world.join(key_project, thursday);
  const Attempt waiting = world.join_to_swap(alpha, made.booking, thursday);
  EXPECT_EQ(world.queue(thursday), (std::vector{before.entry, waiting.entry}));
  world.administer(close_block(wednesday));
  EXPECT_EQ(world.entry(waiting.entry).tier, Tier::relocation);
  EXPECT_EQ(world.queue(thursday), (std::vector{waiting.entry, before.entry}));
  world.administer(RemoveBlockOverride{wednesday});
  EXPECT_EQ(world.entry(waiting.entry).tier, Tier::ordinary);
  EXPECT_EQ(world.queue(thursday), (std::vector{before.entry, waiting.entry}));
  EXPECT_EQ(world.entry(waiting.entry).promote_at, at("2026-11-09 09:00"));
}

// Regression: a relocated booking's other entries went on ranking as relocation.
TEST(Closure, RankEndsWithTheRelocation) {
  TestWorld world;
  world.fill(thursday, 100, 2);
  const Attempt made = world.book(alpha, wednesday);
  world.administer(close_block(wednesday));
  const Attempt waiting = world.join_to_swap(alpha, made.booking, thursday);
  EXPECT_EQ(world.entry(waiting.entry).tier, Tier::relocation);
  ASSERT_EQ(world.reschedule(alpha, made.booking, afternoon).code(), accepted);
  EXPECT_EQ(world.entry(waiting.entry).tier, Tier::ordinary);
}

TEST(Closure, OpenAgainTheFlagGoes) {
  TestWorld world;
  const Attempt made = world.book(alpha, wednesday);
  world.administer(close_block(wednesday));
  const auto asked = world.notifications(alpha, notices::relocation_needed);
  ASSERT_EQ(asked.size(), 1U);
  EXPECT_TRUE(is_unread(world.state(), asked[0]));
  world.administer(RemoveBlockOverride{wednesday});
  EXPECT_FALSE(world.booking(made.booking).needs_relocation);
  // Regression: the message went on asking, unread, for a change that was not needed any more.
  EXPECT_FALSE(is_unread(world.state(), asked[0]));
  EXPECT_TRUE(is_settled(world.state(), asked[0]));
  const auto told = world.notifications(alpha, notices::relocation_cleared);
  ASSERT_EQ(told.size(), 1U);
  EXPECT_EQ(about(told[0]).booking, made.booking);
  EXPECT_EQ(about(told[0]).block, wednesday);
  EXPECT_TRUE(is_unread(world.state(), told[0]));
  EXPECT_EQ(world.administer(RemoveBlockOverride{wednesday}).code(), refusals::not_found);
}

TEST(Closure, AMessageIsSettledByTheEnterprisesOwnHandToo) {
  TestWorld world;
  const Attempt made = world.book(alpha, wednesday);
  world.administer(close_block(wednesday));
  ASSERT_EQ(world.reschedule(alpha, made.booking, thursday).code(), accepted);
  const auto asked = world.notifications(alpha, notices::relocation_needed);
  EXPECT_TRUE(is_settled(world.state(), asked[0]));
  world.pass(ms_per_second);
  world.administer(close_block(thursday));
  const auto both = world.notifications(alpha, notices::relocation_needed);
  ASSERT_EQ(both.size(), 2U);
  EXPECT_TRUE(is_settled(world.state(), both[0])) << "that of the place it has left";
  EXPECT_TRUE(is_unread(world.state(), both[1]));
}

// Regression: the enterprise was sent to choose another time, where every time was refused with
// not_found and no way forward.
TEST(Closure, AtAServiceThatIsSwitchedOffPeopleMustHelp) {
  TestWorld world;
  const Attempt made = world.book(alpha, wednesday);
  Service row = *world.state().find(licence);
  row.active = false;
  ASSERT_EQ(world.administer(SaveCatalog{.services = {row}}).code(), accepted);
  world.administer(close_block(wednesday));
  EXPECT_TRUE(world.booking(made.booking).needs_relocation);
  const Attempt moved = world.reschedule(alpha, made.booking, thursday);
  ASSERT_EQ(moved.code(), refusals::service_inactive);
  ASSERT_EQ(moved.refusal->ways.size(), 2U);
  EXPECT_EQ(moved.refusal->ways[0].kind, ways::emergency_channel);
  EXPECT_EQ(moved.refusal->ways[1].kind, ways::view_booking);
  const Attempt booked = world.book(beta, thursday);
  ASSERT_EQ(booked.code(), refusals::service_inactive);
  EXPECT_EQ(booked.refusal->ways[0].kind, ways::choose_other_service);
  EXPECT_EQ(world.join(beta, thursday).code(), refusals::service_inactive);
  EXPECT_EQ(world.cancel(alpha, made.booking).code(), accepted);
}

// Regression: an entry whose offer was withdrawn by a closure lost its place, those behind it not.
TEST(Closure, WithdrawsOffersAndTheirEntriesWaitOnInTheirPlaces) {
  TestWorld world;
  world.fill(wednesday, 100, 1);
  const Attempt leaving = world.book(key_project, wednesday);
  const Attempt first = world.join(alpha, wednesday);
  world.pass(ms_per_second);
  const Attempt second = world.join(beta, wednesday);
  world.cancel(key_project, leaving.booking);
  ASSERT_NE(world.offer_of(first.entry), nullptr);
  world.administer(close_block(wednesday));
  EXPECT_EQ(world.offer_of(first.entry), nullptr);
  EXPECT_EQ(world.notifications(alpha, notices::offer_withdrawn).size(), 1U);
  EXPECT_EQ(world.queue(wednesday), (std::vector{first.entry, second.entry}));
  world.administer(RemoveBlockOverride{wednesday});
  EXPECT_NE(world.offer_of(first.entry), nullptr);
}

TEST(Closure, CapacityLoweredUnderSeatsAlreadyGivenTakesNoneAway) {
  TestWorld world;
  world.fill(wednesday, 100, 2);
  EXPECT_EQ(world.administer(OverrideBlock{{wednesday, false, 1, "缺员"}}).code(), accepted);
  EXPECT_EQ(world.booked(wednesday), 2);
  EXPECT_EQ(world.book(alpha, wednesday).code(), refusals::block_full);
}

TEST(ImportCalendarYear, FlagsBookingsOnDaysThatBecomeHolidaysAndMovesDeadlines) {
  std::vector<AnyRow> rows = park_rows();  // no official year is known
  TestWorld world(rows, at("2027-01-18 09:00"));
  const BlockKey festival = licence_block("2027-02-08 09:00");
  const BlockKey after = licence_block("2027-02-10 09:00");
  const Attempt on_it = world.book(alpha, festival);
  const Attempt later = world.book(beta, after);
  const Deadline provisional = change_deadline(world.state(), world.booking(later.booking)).value();
  EXPECT_TRUE(provisional.provisional);
  EXPECT_EQ(provisional.last_day, day("2027-02-08"));

  CalendarYear year{.year = 2027};
  year.off = {{day("2027-02-08"), "春节"}, {day("2027-02-09"), "春节"}};
  ASSERT_EQ(world.administer(ImportCalendarYear{year, true}).code(), accepted);
  EXPECT_TRUE(world.booking(on_it.booking).needs_relocation);
  EXPECT_FALSE(world.booking(later.booking).needs_relocation);
  const Deadline known = change_deadline(world.state(), world.booking(later.booking)).value();
  EXPECT_FALSE(known.provisional);
  EXPECT_EQ(known.last_day, day("2027-02-04"));  // 10th, 5th, 4th
  EXPECT_EQ(world.reschedule(alpha, on_it.booking, after).code(), accepted);
}

TEST(SaveCatalog, OpenDeadlinesFollowThePolicy) {
  TestWorld world;
  const Attempt made = world.book(alpha, wednesday);
  world.go_to("2026-11-24 10:00");
  EXPECT_EQ(world.reschedule(alpha, made.booking, thursday).code(), refusals::past_deadline);
  Service row = licence_row();
  row.policy.notice.business_days = 1;
  ASSERT_EQ(world.administer(SaveCatalog{.services = {row}}).code(), accepted);
  EXPECT_EQ(world.reschedule(alpha, made.booking, thursday).code(), accepted);
}

// Regression: a reserve that came with a later template was never released to those who waited.
TEST(SaveCatalog, AReserveThatComesLaterIsReleasedToo) {
  TestWorld world;
  world.fill(wednesday, 100, 1);
  const Attempt leaving = world.book(beta, wednesday);
  const Attempt waiting = world.join(alpha, wednesday);
  Service row = licence_row();
  row.weekly[0].emergency_reserve = 1;
  ASSERT_EQ(world.administer(SaveCatalog{.services = {row}}).code(), accepted);
  world.cancel(beta, leaving.booking);
  EXPECT_EQ(world.offer_of(waiting.entry), nullptr);
  world.go_to("2026-11-24 09:00");
  EXPECT_NE(world.offer_of(waiting.entry), nullptr);
}

// Regression: entries ended by the cutoff of the day they joined.
TEST(SaveCatalog, EntriesEndByTheCutoffOfToday) {
  TestWorld world;
  world.fill(wednesday, 100, 2);
  const Attempt waiting = world.join(alpha, wednesday);
  EXPECT_EQ(world.entry(waiting.entry).closes_at, at("2026-11-25 07:00"));
  Service row = licence_row();
  row.policy.cutoff_ms = ms_per_hour;
  world.administer(SaveCatalog{.services = {row}});
  EXPECT_EQ(world.entry(waiting.entry).closes_at, at("2026-11-25 08:00"));
}

// Regression: a shorter window kept freed seats from those who waited for them already.
TEST(SaveCatalog, AShorterWindowTakesNoTurnAway) {
  TestWorld world;
  world.fill(wednesday, 100, 1);
  const Attempt leaving = world.book(beta, wednesday);
  const Attempt waiting = world.join(alpha, wednesday);
  Service row = licence_row();
  row.policy.window_days = 5;
  world.administer(SaveCatalog{.services = {row}});
  world.cancel(beta, leaving.booking);
  EXPECT_NE(world.offer_of(waiting.entry), nullptr);
}

// Regression: a template with another end made two truths about blocks with bookings.
TEST(SaveCatalog, BlocksWithBookingsKeepTheirEnd) {
  TestWorld world;
  const Attempt made = world.book(alpha, wednesday);
  Service row = licence_row();
  row.weekly[0].span.end = clock("10:00");
  ASSERT_EQ(world.administer(SaveCatalog{.services = {row}}).code(), accepted);
  const Attempt next = world.book(beta, wednesday);
  EXPECT_EQ(world.booking(made.booking).end, clock("11:00"));
  EXPECT_EQ(world.booking(next.booking).end, clock("11:00"));
  const Attempt fresh = world.book(beta, thursday);
  EXPECT_EQ(world.booking(fresh.booking).end, clock("10:00"));
}

}  // namespace
}  // namespace yuanyue::worlds
