// A calendar year comes in: what is refused, and what is said of it before.
#include <algorithm>

#include "core/appointments/booking.h"
#include "core/appointments/calendar_impact.h"
#include "core/appointments/offer.h"
#include "core/appointments/waitlist_entry.h"
#include "core/catalog/calendar_year.h"
#include "core/catalog/import_calendar_year.h"
#include "core/catalog/official_calendar.h"
#include "tests/core/support/kinds.h"
#include "tests/core/support/world_test.h"

namespace yuanyue::worlds {
namespace {

CalendarYear official(int number) {
  for (const AnyRow& row : official_years()) {
    if (const auto& year = row.as<OfficialYear>(); year.year == number) return year;
  }
  return {};
}

// 2026 with another day off; a Wednesday three weeks after the worlds begin.
CalendarYear with_a_holiday_on(std::string_view date) {
  CalendarYear year = official(2026);
  year.off.push_back({day(date), "临时放假"});
  std::ranges::sort(year.off, {}, &OfficialDay::date);
  return year;
}

TEST(ImportCalendarYear, AYearWithoutItsStatutoryDaysIsRefusedWithTheirNames) {
  TestWorld world;
  CalendarYear cut = official(2026);
  std::erase_if(cut.off, [](const OfficialDay& row) { return row.date >= day("2026-10-01"); });
  const Attempt refused = world.administer(ImportCalendarYear{cut});
  ASSERT_EQ(refused.code(), refusals::invalid);
  EXPECT_EQ(invalid_field(*refused.refusal), "year.off");
  EXPECT_EQ(refused.refusal->code.get_if<Invalid>()->reason_name,
            "国庆节 2026-10-01、国庆节 2026-10-02、国庆节 2026-10-03");
  EXPECT_FALSE(refused.refusal->ways.empty());
  EXPECT_FALSE(official_calendar(world.state()).day(day("2026-10-01")).is_business_day);
}

TEST(ImportCalendarYear, AnIncompleteYearCanBeForced) {
  TestWorld world;
  CalendarYear cut = official(2026);
  cut.off.resize(1);
  EXPECT_EQ(world.administer(ImportCalendarYear{cut}).code(), refusals::invalid);
  ASSERT_EQ(world.administer(ImportCalendarYear{cut, true}).code(), accepted);
  EXPECT_EQ(*official_calendar(world.state()).find(2026), cut);
}

TEST(ImportCalendarYear, TheFactNamesTheYear) {
  TestWorld world;
  const Attempt done = world.administer(ImportCalendarYear{official(2025)});
  ASSERT_TRUE(done);
  EXPECT_EQ(done.outcome.ledger.front().note, "2025");
  EXPECT_EQ(done.outcome.ledger.front().at, world.now());
}

TEST(CalendarImpact, SaysWhichDaysChangeAndWhichBookingsTheyTouch) {
  TestWorld world;
  world.book(alpha, licence_block("2026-11-25 09:00"));
  world.book(beta, licence_block("2026-11-25 14:00"));
  const Attempt later = world.book(gamma_works, licence_block("2026-11-26 09:00"));
  const Attempt cancelled = world.book(high_tech, licence_block("2026-11-25 09:00"));
  world.cancel(high_tech, cancelled.booking);
  const CalendarYear year = with_a_holiday_on("2026-11-25");
  const CalendarImpact impact = calendar_impact(world.state(), {year});
  EXPECT_EQ(impact.days, (std::vector<ChangedDay>{{.date = day("2026-11-25"),
                                                   .was = DayReason::weekday,
                                                   .is = DayReason::holiday,
                                                   .name = "临时放假",
                                                   .was_business_day = true,
                                                   .is_business_day = false,
                                                   .bookings = 2}}));
  EXPECT_EQ(impact.bookings_to_relocate, 2);
  EXPECT_EQ(impact.bookings_kept, 0);
  EXPECT_EQ(impact.deadlines_moved, 3);  // Thursday's counts the Wednesday too
  EXPECT_FALSE(world.booking(later.booking).needs_relocation);

  // And so it comes to pass; then the other way round.
  const Attempt done = world.administer(ImportCalendarYear{year});
  ASSERT_TRUE(done);
  const auto flagged = std::ranges::count_if(done.outcome.ledger, [](const LedgerEntry& entry) {
    return entry.kind == events::booking_relocation_flagged;
  });
  EXPECT_EQ(flagged, impact.bookings_to_relocate);
  EXPECT_TRUE(calendar_impact(world.state(), {year}).days.empty());
  const CalendarImpact back = calendar_impact(world.state(), {official(2026)});
  EXPECT_EQ(back.bookings_kept, 2);
  EXPECT_EQ(back.bookings_to_relocate, 0);
}

TEST(CalendarImpact, AProvisionalYearThatBecomesKnown) {
  TestWorld world(park_rows(), at("2027-01-18 09:00"));
  world.book(alpha, licence_block("2027-02-08 09:00"));
  CalendarYear year{.year = 2027};
  year.off = {{day("2027-01-01"), "元旦"}, {day("2027-02-08"), "春节"}};
  year.work = {{day("2027-02-06"), "春节"}};
  const CalendarImpact impact = calendar_impact(world.state(), {year});
  const auto changed = [&](std::string_view date) {
    return std::ranges::find(impact.days, day(date), &ChangedDay::date);
  };
  EXPECT_EQ(changed("2027-01-01"), impact.days.end());  // 元旦 was known
  EXPECT_EQ(changed("2027-02-08")->bookings, 1);
  EXPECT_EQ(changed("2027-02-06")->is, DayReason::makeup_workday);
  EXPECT_TRUE(changed("2027-10-01")->is_business_day);  // why such a year is refused
  EXPECT_EQ(impact.bookings_to_relocate, 1);
}

}  // namespace
}  // namespace yuanyue::worlds
