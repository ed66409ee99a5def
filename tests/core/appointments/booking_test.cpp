// docs/rules.md "Booking and rescheduling", sentence by sentence: taking a seat, changing it,
// taking the change back, cancelling.
#include "core/appointments/booking.h"

#include <gtest/gtest.h>

#include "core/appointments/blocks.h"
#include "core/appointments/book_appointment.h"
#include "core/appointments/booking_rules.h"
#include "core/appointments/offer.h"
#include "core/appointments/open_work.h"
#include "core/appointments/reschedule_booking.h"
#include "core/appointments/waitlist_entry.h"
#include "tests/core/support/kinds.h"
#include "tests/core/support/world_test.h"

namespace yuanyue::worlds {
namespace {

const BlockKey wednesday = licence_block("2026-11-25 09:00");
const BlockKey afternoon = licence_block("2026-11-25 14:00");
const BlockKey thursday = licence_block("2026-11-26 09:00");
const BlockKey friday = licence_block("2026-11-27 09:00");

std::vector<WayName> kinds(const Rejection& rejection) {
  std::vector<WayName> found;
  found.reserve(rejection.ways.size());
  for (const WayForward& way : rejection.ways) found.push_back(way.kind);
  return found;
}

std::vector<BlockKey> offered_blocks(const Rejection& rejection) {
  std::vector<BlockKey> found;
  for (const WayForward& way : rejection.ways) {
    if (way.kind == ways::choose_block) found.push_back(about(way).block.value());
  }
  return found;
}

void change_policy(World& world, void (*change)(ServicePolicy&)) {
  Service row = *world.state().find(licence);
  change(row.policy);
  world.put(row);
}

TEST(Booking, OpensWindowDaysAheadAndClosesACutoffBeforeTheStart) {
  struct Line {
    const char* now;
    std::optional<RefusalName> answer;
  };
  const Line lines[] = {
      {"2026-10-25 23:59", refusals::outside_window},  // the day before 30 days ahead
      {"2026-10-26 00:00", accepted},
      {"2026-11-25 06:59", accepted},
      {"2026-11-25 07:00", refusals::past_cutoff},  // two hours before 09:00
      {"2026-11-26 09:00", refusals::past_cutoff},
  };
  for (const Line& line : lines) {
    std::vector<AnyRow> rows = park_rows();
    TestWorld world(rows, at(line.now));
    EXPECT_EQ(world.book(alpha, wednesday).code(), line.answer) << line.now;
  }
}

TEST(Booking, SaysWhenTheWindowOpensOrClosed) {
  TestWorld world;
  const Attempt early = world.book(alpha, licence_block("2026-12-10 09:00"));
  ASSERT_EQ(early.code(), refusals::outside_window);
  EXPECT_EQ(about(*early.refusal).at, at("2026-11-10 00:00"));
  EXPECT_EQ(about(*early.refusal).limit, 30);
  world.go_to("2026-11-25 08:00");
  const Attempt late = world.book(alpha, wednesday);
  ASSERT_EQ(late.code(), refusals::past_cutoff);
  EXPECT_EQ(about(*late.refusal).at, at("2026-11-25 07:00"));
  EXPECT_EQ(offered_blocks(*late.refusal),
            (std::vector<BlockKey>{afternoon, licence_block("2026-11-26 09:00"),
                                   licence_block("2026-11-26 14:00")}));
}

TEST(Booking, ABlockNeverHoldsMoreThanItsCapacity) {
  TestWorld world;
  EXPECT_EQ(world.book(alpha, wednesday).code(), accepted);
  EXPECT_EQ(world.book(beta, wednesday).code(), accepted);
  EXPECT_EQ(world.book(gamma_works, wednesday).code(), refusals::block_full);
  EXPECT_EQ(world.booked(wednesday), 2);
}

TEST(Booking, BlocksAreOnlyOnTheHallsBusinessDays) {
  struct Line {
    const char* block;
    std::optional<RefusalName> answer;
    std::optional<DayReason> reason;
  };
  const Line lines[] = {
      {"2026-09-19 09:00", refusals::block_closed, DayReason::weekend},
      {"2026-09-20 09:00", accepted, {}},  // a Sunday made a workday
      {"2026-10-01 09:00", refusals::block_closed, DayReason::holiday},
      {"2026-10-08 09:00", accepted, {}},
      {"2026-10-10 09:00", accepted, {}},                // a Saturday made a workday
      {"2026-10-08 10:00", refusals::block_closed, {}},  // not in the template
  };
  for (const Line& line : lines) {
    TestWorld world;
    std::vector<AnyRow> rows = park_rows();
    for (AnyRow& year : official_years()) rows.push_back(std::move(year));
    TestWorld september(rows, at("2026-09-16 09:00"));
    const Attempt attempt = september.book(alpha, licence_block(line.block));
    EXPECT_EQ(attempt.code(), line.answer) << line.block;
    if (attempt.refusal) {
      EXPECT_EQ(about(*attempt.refusal).reason, line.reason) << line.block;
    }
  }
}

// Regression: Saturday hours of a hall made blocks although Saturday is no business day.
TEST(Booking, HoursOnAnOrdinarySaturdayMakeNoBlocks) {
  TestWorld world;
  Hall row = hall_row();
  row.schedule.weekly_hours[5] = {span("09:00", "12:00")};
  world.put(row);
  const Attempt attempt = world.book(alpha, licence_block("2026-11-07 09:00"));
  ASSERT_EQ(attempt.code(), refusals::block_closed);
  EXPECT_EQ(about(*attempt.refusal).reason, DayReason::weekend);
  EXPECT_TRUE(blocks_on(world.state(), *world.state().find(licence), day("2026-11-07"), world.now())
                  .empty());
}

TEST(Booking, AReserveGoesToThePublicBeforeTheStart) {
  TestWorld world;
  Service row = licence_row();
  row.weekly[0].emergency_reserve = 1;
  world.put(row);
  world.fill(wednesday, 100, 1);
  EXPECT_EQ(world.book(alpha, wednesday).code(), refusals::block_full);
  world.go_to("2026-11-24 08:59");
  EXPECT_EQ(world.book(alpha, wednesday).code(), refusals::block_full);
  world.go_to("2026-11-24 09:00");
  EXPECT_EQ(world.book(alpha, wednesday).code(), accepted);
}

TEST(Booking, AReserveGoesToTheWaitlistFirst) {
  TestWorld world;
  Service row = licence_row();
  row.weekly[0].emergency_reserve = 1;
  world.put(row);
  world.fill(wednesday, 100, 1);
  const Attempt waiting = world.join(alpha, wednesday);
  ASSERT_EQ(waiting.code(), accepted);
  world.go_to("2026-11-24 08:59");
  EXPECT_EQ(world.offer_of(waiting.entry), nullptr);
  world.go_to("2026-11-24 09:00");
  ASSERT_NE(world.offer_of(waiting.entry), nullptr);
  EXPECT_EQ(world.book(beta, wednesday).code(), refusals::block_full);
}

TEST(Booking, OneEnterpriseHoldsNoTwoSeatsThatOverlap) {
  struct Line {
    const char* tax_block;
    std::optional<RefusalName> answer;
  };
  // The licence's blocks are 09:00-11:00 and 14:00-16:00.
  const Line lines[] = {{"2026-11-25 10:00", refusals::overlaps_own_booking},
                        {"2026-11-25 15:00", accepted},
                        {"2026-11-26 10:00", accepted}};
  for (const Line& line : lines) {
    TestWorld world;
    const Attempt first = world.book(alpha, wednesday);
    const Attempt second = world.book(alpha, tax_block(line.tax_block));
    EXPECT_EQ(second.code(), line.answer) << line.tax_block;
    if (second.refusal) {
      EXPECT_EQ(about(*second.refusal).booking, first.booking);
      EXPECT_EQ(kinds(*second.refusal), std::vector<WayName>{ways::view_booking});
    }
  }
}

TEST(Booking, OneEnterpriseHoldsAtMostMaxOpenBookingsForAService) {
  TestWorld world;
  EXPECT_EQ(world.book(alpha, wednesday).code(), accepted);
  EXPECT_EQ(world.book(alpha, thursday).code(), accepted);
  const Attempt third = world.book(alpha, friday);
  ASSERT_EQ(third.code(), refusals::too_many_open);
  EXPECT_EQ(about(*third.refusal).limit, 2);
  EXPECT_EQ(world.book(alpha, tax_block("2026-11-27 10:00")).code(), accepted);
}

// Regression: who already has too many bookings could not even move one of them.
TEST(Booking, MovingOneOfTooManyBookingsAddsNone) {
  TestWorld world;
  const Attempt first = world.book(alpha, wednesday);
  world.book(alpha, thursday);
  change_policy(world, [](ServicePolicy& policy) { policy.max_open = 1; });
  EXPECT_EQ(world.reschedule(alpha, first.booking, friday).code(), accepted);
}

TEST(Booking, HasACodeOfItsOwn) {
  TestWorld world;
  const Attempt first = world.book(alpha, wednesday);
  const std::string code = world.booking(first.booking).code;
  EXPECT_EQ(booking_by_code(world.state(), code), first.booking);
  world.reschedule(alpha, first.booking, thursday);
  EXPECT_EQ(world.booking(first.booking).code, code);
}

TEST(Booking, IdsAreNewAndNotNone) {
  TestWorld world;
  const Attempt first = world.book(alpha, wednesday);
  EXPECT_EQ(world.execute(actor(beta), BookAppointment{first.booking, thursday}).code(),
            refusals::already_exists);
  EXPECT_EQ(world.execute(actor(beta), BookAppointment{{}, thursday}).code(), refusals::invalid);
}

// --- reschedule ----------------------------------------------------------------------------------

TEST(Reschedule, MovesInPlaceKeepingCodeAndHistory) {
  TestWorld world;
  const Attempt made = world.book(alpha, wednesday);
  const Booking before = world.booking(made.booking);
  const Attempt moved = world.reschedule(alpha, made.booking, friday);
  ASSERT_EQ(moved.code(), accepted);
  const Booking& after = world.booking(made.booking);
  EXPECT_EQ(after.block, friday);
  EXPECT_EQ(after.code, before.code);
  EXPECT_EQ(after.created_at, before.created_at);
  EXPECT_EQ(after.changes_used, 1);
  EXPECT_EQ(world.booked(wednesday), 0);
  EXPECT_EQ(world.booked(friday), 1);
  ASSERT_EQ(moved.outcome.ledger.size(), 1U);
  EXPECT_EQ(moved.outcome.ledger[0].kind, events::booking_rescheduled);
  EXPECT_EQ(about(moved.outcome.ledger[0]).from_block, wednesday);
  EXPECT_EQ(about(moved.outcome.ledger[0]).block, friday);
}

TEST(Reschedule, ClosesAtTheDeadlineWhicheverWayItIsCounted) {
  struct Line {
    Counting counting;
    const char* now;
    std::optional<RefusalName> answer;
  };
  const Counting include = Counting::include_appointment_day;
  const Counting exclude = Counting::exclude_appointment_day;
  const Line lines[] = {{include, "2026-11-23 16:59", accepted},
                        {include, "2026-11-23 17:00", refusals::past_deadline},
                        {exclude, "2026-11-20 16:59", accepted},
                        {exclude, "2026-11-20 17:00", refusals::past_deadline}};
  for (const Line& line : lines) {
    TestWorld world;
    Service row = licence_row();
    row.policy.notice.counting = line.counting;
    world.put(row);
    const Attempt made = world.book(alpha, wednesday);
    world.go_to(line.now);
    EXPECT_EQ(world.reschedule(alpha, made.booking, friday).code(), line.answer) << line.now;
  }
}

TEST(Reschedule, PastTheDeadlineIsExplainedWithTheEmergencyChannel) {
  TestWorld world;
  const Attempt made = world.book(alpha, wednesday);
  world.go_to("2026-11-24 10:00");
  const Attempt late = world.reschedule(alpha, made.booking, friday);
  ASSERT_EQ(late.code(), refusals::past_deadline);
  ASSERT_TRUE(about(*late.refusal).deadline);
  EXPECT_EQ(about(*late.refusal).deadline->last_day, day("2026-11-23"));
  EXPECT_EQ(about(*late.refusal).deadline->closes_at, at("2026-11-23 17:00"));
  EXPECT_EQ(about(*late.refusal).deadline->steps.size(), 3U);
  EXPECT_EQ(about(*late.refusal).booking, made.booking);
  EXPECT_EQ(kinds(*late.refusal),
            (std::vector<WayName>{ways::emergency_channel, ways::view_booking}));
}

TEST(Reschedule, AtMostMaxChanges) {
  TestWorld world;
  const Attempt made = world.book(alpha, wednesday);
  for (const BlockKey& to : {thursday, friday, wednesday}) {
    EXPECT_EQ(world.reschedule(alpha, made.booking, to).code(), accepted);
  }
  const Attempt fourth = world.reschedule(alpha, made.booking, friday);
  ASSERT_EQ(fourth.code(), refusals::too_many_changes);
  EXPECT_EQ(about(*fourth.refusal).limit, 3);
  EXPECT_EQ(kinds(*fourth.refusal),
            (std::vector<WayName>{ways::emergency_channel, ways::view_booking}));
}

TEST(Reschedule, OnlyWhatIsStillConfirmedAndWhereItWasSeen) {
  TestWorld world;
  const Attempt made = world.book(alpha, wednesday);
  const auto move = [&](const BlockKey& from, const BlockKey& to) {
    return world.execute(actor(alpha), RescheduleBooking{made.booking, from, to});
  };
  const Attempt stale = move(thursday, friday);
  ASSERT_EQ(stale.code(), refusals::stale);
  EXPECT_EQ(stale.refusal->code.get_if<Stale>()->row, AnyKey(made.booking));
  EXPECT_EQ(move(wednesday, wednesday).code(), refusals::same_block);
  EXPECT_EQ(move(wednesday, tax_block("2026-11-27 10:00")).code(), refusals::invalid);
  world.cancel(alpha, made.booking);
  EXPECT_EQ(move(wednesday, friday).code(), refusals::not_confirmed);
}

TEST(Reschedule, IntoABlockThatOverlapsOnlyItselfIsFine) {
  TestWorld world;
  Service row = licence_row();
  row.weekly.push_back({.span = span("13:30", "14:00"), .capacity = 1});
  world.put(row);
  const Attempt made = world.book(alpha, afternoon);
  world.book(alpha, tax_block("2026-11-25 15:00"));  // refused: overlaps
  EXPECT_EQ(world.reschedule(alpha, made.booking, licence_block("2026-11-25 13:30")).code(),
            accepted);
  EXPECT_EQ(world.book(alpha, tax_block("2026-11-25 15:00")).code(), accepted);
}

TEST(Reschedule, AFullBlockIsRefusedWithTheNearestAlternativesAndItsWaitlist) {
  TestWorld world;
  const Attempt made = world.book(alpha, wednesday);
  world.fill(thursday, 100, 2);
  world.fill(licence_block("2026-11-27 09:00"), 110, 2);
  const Attempt refused = world.reschedule(alpha, made.booking, thursday);
  ASSERT_EQ(refused.code(), refusals::block_full);
  // Nearest days first, earlier first; the present seat is no alternative.
  EXPECT_EQ(offered_blocks(*refused.refusal),
            (std::vector<BlockKey>{licence_block("2026-11-26 14:00"), afternoon,
                                   licence_block("2026-11-27 14:00")}));
  const WayForward& last = refused.refusal->ways.back();
  EXPECT_EQ(last.kind, ways::join_waitlist);
  EXPECT_EQ(about(last).block, thursday);
  EXPECT_EQ(about(last).booking, made.booking);
  EXPECT_EQ(world.booking(made.booking).block, wednesday);
  EXPECT_EQ(world.booked(wednesday), 1);
}

// Regression: a date far beyond the window had no alternatives at all.
TEST(Reschedule, BeyondTheWindowTheAlternativesAreItsLastDays) {
  TestWorld world;
  const Attempt refused = world.book(alpha, licence_block("2027-06-01 09:00"));
  ASSERT_EQ(refused.code(), refusals::outside_window);
  EXPECT_EQ(
      offered_blocks(*refused.refusal),
      (std::vector<BlockKey>{licence_block("2026-12-02 09:00"), licence_block("2026-12-02 14:00"),
                             licence_block("2026-12-01 09:00")}));
}

// Regression: alternatives were offered that would be refused, having too many bookings.
TEST(Reschedule, WhoHasTooManyBookingsGetsNoAlternativesForANewOne) {
  TestWorld world;
  world.book(alpha, wednesday);
  world.book(alpha, thursday);
  const Attempt refused = world.book(alpha, licence_block("2026-11-21 09:00"));
  ASSERT_EQ(refused.code(), refusals::block_closed);
  EXPECT_TRUE(offered_blocks(*refused.refusal).empty());
}

// --- undo and cancel -----------------------------------------------------------------------------

TEST(Undo, BringsSeatAndCountBackWithinItsTime) {
  struct Line {
    std::int64_t later_ms;
    std::optional<RefusalName> answer;
  };
  const Line lines[] = {{10 * ms_per_minute - 1, accepted},
                        {10 * ms_per_minute, refusals::undo_expired}};
  for (const Line& line : lines) {
    TestWorld world;
    const Attempt made = world.book(alpha, wednesday);
    world.reschedule(alpha, made.booking, thursday);
    world.pass(line.later_ms);
    EXPECT_EQ(world.undo(alpha, made.booking).code(), line.answer);
    const bool back = !line.answer;
    EXPECT_EQ(world.booking(made.booking).block, back ? wednesday : thursday);
    EXPECT_EQ(world.booking(made.booking).changes_used, back ? 0 : 1);
    EXPECT_EQ(world.undo(alpha, made.booking).code(),
              back ? refusals::nothing_to_undo : refusals::undo_expired);
  }
}

TEST(Undo, SaysUntilWhen) {
  TestWorld world;
  const Attempt made = world.book(alpha, licence_block("2026-11-25 09:00"));
  const auto until = [&] {
    return undo_open_until(world.state(), *world.state().find(made.booking), world.now());
  };
  EXPECT_EQ(until(), std::nullopt) << "nothing to take back";
  const Instant moved_at = world.now();
  world.reschedule(alpha, made.booking, licence_block("2026-11-26 09:00"));
  world.pass(ms_per_minute);
  EXPECT_EQ(until(), moved_at + 10 * ms_per_minute);
  world.pass(9 * ms_per_minute);
  EXPECT_EQ(until(), std::nullopt) << "over";
}

TEST(Undo, IsRefusedWhenTheSeatWasTakenMeanwhile) {
  TestWorld world;
  const Attempt made = world.book(alpha, wednesday);
  world.fill(wednesday, 100, 1);
  world.reschedule(alpha, made.booking, thursday);
  world.fill(wednesday, 110, 1);
  const Attempt undone = world.undo(alpha, made.booking);
  EXPECT_EQ(undone.code(), refusals::block_full);
  EXPECT_EQ(world.booking(made.booking).block, thursday);
}

TEST(Undo, IsRefusedWhenTheQueueHasTheSeat) {
  TestWorld world;
  const Attempt made = world.book(alpha, wednesday);
  world.fill(wednesday, 100, 1);
  const Attempt waiting = world.join(beta, wednesday);
  world.reschedule(alpha, made.booking, thursday);
  EXPECT_NE(world.offer_of(waiting.entry), nullptr);
  EXPECT_EQ(world.undo(alpha, made.booking).code(), refusals::block_full);
}

TEST(Cancel, IsPossibleUntilTheStartAndFreesTheSeatToTheQueue) {
  TestWorld world;
  const Attempt made = world.book(alpha, wednesday);
  world.fill(wednesday, 100, 1);
  const Attempt waiting = world.join(beta, wednesday);
  world.go_to("2026-11-24 10:00");  // past the deadline
  const Attempt cancelled = world.cancel(alpha, made.booking);
  ASSERT_EQ(cancelled.code(), accepted);
  EXPECT_EQ(world.booking(made.booking).status, BookingStatus::cancelled);
  EXPECT_NE(world.offer_of(waiting.entry), nullptr);
  EXPECT_EQ(world.cancel(alpha, made.booking).code(), refusals::not_confirmed);
}

TEST(Cancel, IsTooLateOnceTheBlockHasBegun) {
  TestWorld world;
  const Attempt made = world.book(alpha, wednesday);
  world.go_to("2026-11-25 09:00");
  EXPECT_EQ(world.cancel(alpha, made.booking).code(), refusals::past_cutoff);
  world.go_to("2026-11-25 11:00");
  EXPECT_EQ(world.booking(made.booking).status, BookingStatus::ended);
  EXPECT_EQ(world.state().find(wednesday), nullptr);
}

}  // namespace
}  // namespace yuanyue::worlds
