#include "core/calendar/hall_calendar.h"

#include "tests/core/calendar/calendar_world.h"

namespace yuanyue::testing {
namespace {

struct HallDayRow {
  const char* date;
  bool is_business_day;
  DayReason reason;
  const char* name;
  std::vector<TimeSpan> hours;
};

void expect_days(const HallSchedule& schedule, const std::vector<HallDayRow>& rows) {
  const HallCalendar calendar(official_calendar(), schedule);
  for (const HallDayRow& row : rows) {
    const Date date = day_of(row.date);
    const DayStatus status = calendar.day(date);
    EXPECT_EQ(status.is_business_day, row.is_business_day) << row.date;
    EXPECT_EQ(calendar.is_business_day(date), row.is_business_day) << row.date;
    EXPECT_EQ(reason_code(status.reason), reason_code(row.reason)) << row.date;
    EXPECT_EQ(status.name, row.name) << row.date;
    EXPECT_EQ(calendar.hours(date), row.hours) << row.date;
    const auto closing = calendar.closing_time(date);
    ASSERT_EQ(closing.has_value(), !row.hours.empty()) << row.date;
    if (closing) {
      EXPECT_EQ(*closing, row.hours.back().end) << row.date;
    }
  }
}

const std::vector<TimeSpan> office{span("09:00", "12:00"), span("13:30", "17:00")};
const std::vector<TimeSpan> shut;

TEST(HallCalendar, FollowsTheOfficialCalendar) {
  expect_days(office_hours(), {
                                  {"2026-11-25", true, DayReason::weekday, "", office},
                                  {"2026-11-21", false, DayReason::weekend, "", shut},
                                  {"2026-10-01", false, DayReason::holiday, "国庆节", shut},
                                  {"2026-10-10", true, DayReason::makeup_workday, "国庆节",
                                   office},  // Saturday with Monday's hours
                              });
}

TEST(HallCalendar, AClosureTakesABusinessDayAway) {
  HallSchedule schedule = office_hours();
  schedule.closures = {{day_of("2026-10-01"), "检修"},
                       {day_of("2026-10-10"), "台风"},
                       {day_of("2026-11-21"), "检修"},
                       {day_of("2026-11-25"), "停电"}};
  expect_days(schedule, {
                            {"2026-11-25", false, DayReason::hall_closed, "停电", shut},
                            {"2026-10-10", false, DayReason::hall_closed, "台风", shut},
                            // Where the hall would not have worked, the closure is not the reason.
                            {"2026-10-01", false, DayReason::holiday, "国庆节", shut},
                            {"2026-11-21", false, DayReason::weekend, "", shut},
                            {"2026-11-24", true, DayReason::weekday, "", office},
                            {"2026-11-26", true, DayReason::weekday, "", office},
                        });
}

TEST(HallCalendar, AnExtraDayAddsABusinessDayOrChangesItsHours) {
  const std::vector<TimeSpan> morning{span("08:00", "12:00")};
  HallSchedule schedule = office_hours();
  schedule.closures = {{day_of("2026-11-28"), "停电"}};
  schedule.extra_days = {{day_of("2026-10-02"), morning, "招商周"},
                         {day_of("2026-11-21"), {}, "年检"},
                         {day_of("2026-11-25"), morning, "半天"},
                         {day_of("2026-11-28"), {}, "年检"}};
  expect_days(schedule, {
                            {"2026-10-02", true, DayReason::hall_extra_day, "招商周", morning},
                            {"2026-11-21", true, DayReason::hall_extra_day, "年检",
                             office},  // no hours given: as a make-up workday
                            {"2026-11-25", true, DayReason::weekday, "", morning},
                            {"2026-11-28", false, DayReason::hall_closed, "停电",
                             shut},  // a closure of the same day wins
                            {"2026-11-22", false, DayReason::weekend, "", shut},
                        });
}

TEST(HallCalendar, AMakeupWorkdayTakesItsOwnHoursElseMondaysElseTheFirst) {
  const std::vector<TimeSpan> saturday{span("10:00", "15:00")};
  HallSchedule schedule = office_hours();
  schedule.weekly_hours[5] = saturday;
  expect_days(
      schedule,
      {
          {"2026-10-10", true, DayReason::makeup_workday, "国庆节", saturday},
          {"2026-09-20", true, DayReason::makeup_workday, "国庆节", office},  // a Sunday
          {"2026-11-21", false, DayReason::weekend, "", saturday},  // open, but no business day
          {"2026-10-03", false, DayReason::holiday, "国庆节", shut},
      });
  schedule.weekly_hours[5].clear();
  schedule.weekly_hours[0].clear();
  schedule.weekly_hours[1] = saturday;
  expect_days(schedule, {{"2026-10-10", true, DayReason::makeup_workday, "国庆节", saturday}});
}

TEST(HallCalendar, AWeekdayWithoutHoursIsNoBusinessDayOfTheHall) {
  HallSchedule schedule = office_hours();
  schedule.weekly_hours[2].clear();
  schedule.extra_days = {{day_of("2026-12-02"), {}, "加开"}};
  expect_days(schedule, {
                            {"2026-11-25", false, DayReason::hall_closed, "", shut},
                            {"2026-11-26", true, DayReason::weekday, "", office},
                            {"2026-12-02", true, DayReason::hall_extra_day, "加开", office},
                        });
}

TEST(HallCalendar, AHallWithoutHoursNeverOpens) {
  const HallSchedule schedule;
  const HallCalendar calendar(official_calendar(), schedule);
  EXPECT_FALSE(calendar.is_business_day(day_of("2026-10-10")));
  EXPECT_FALSE(calendar.is_business_day(day_of("2026-11-25")));
  EXPECT_EQ(calendar.add_business_days(day_of("2026-11-25"), 1), std::nullopt);
  EXPECT_EQ(calendar.add_business_days(day_of("2026-11-25"), -1), std::nullopt);
  EXPECT_EQ(calendar.add_opening_time(at("2026-11-25 09:00"), 1), std::nullopt);
  EXPECT_EQ(calendar.count_business_days(day_of("2026-01-01"), day_of("2026-12-31")), 0);
}

TEST(HallCalendar, ADayIsProvisionalWhereTheOfficialOneIs) {
  HallSchedule schedule = office_hours();
  schedule.closures = {{day_of("2027-01-05"), "停电"}};
  schedule.extra_days = {{day_of("2027-01-02"), {}, "加开"}};
  const HallCalendar calendar(official_calendar(), schedule);
  for (const char* date : {"2026-12-31", "2027-01-01", "2027-01-02", "2027-01-04", "2027-01-05"}) {
    EXPECT_TRUE(calendar.day(day_of(date)).provisional) << date;
  }
  EXPECT_FALSE(calendar.day(day_of("2026-12-28")).provisional);
}

TEST(HallCalendar, AddsBusinessDaysBothWays) {
  const HallSchedule schedule = office_hours();
  const HallCalendar calendar(official_calendar(), schedule);
  struct Row {
    const char* from;
    int n;
    const char* to;
  };
  for (const Row& row : {
           Row{"2026-11-25", 0, "2026-11-25"},
           Row{"2026-11-21", 0,
               "2026-11-21"},  // nothing to count: the date itself, Saturday or not
           Row{"2026-11-25", 1, "2026-11-26"},
           Row{"2026-11-25", 3, "2026-11-30"},  // over a weekend
           Row{"2026-11-25", -3, "2026-11-20"},
           Row{"2026-11-21", 1, "2026-11-23"},  // from a Saturday
           Row{"2026-11-21", -1, "2026-11-20"},
           Row{"2026-09-30", 1, "2026-10-08"},  // over National Day
           Row{"2026-09-30", 3, "2026-10-10"},  // the make-up Saturday counts
           Row{"2026-10-12", -1, "2026-10-10"},
           Row{"2026-10-08", -1, "2026-09-30"},
           Row{"2026-12-31", 1, "2027-01-04"},
           Row{"2027-01-04", -1, "2026-12-31"},
       }) {
    EXPECT_EQ(calendar.add_business_days(day_of(row.from), row.n), day_of(row.to))
        << row.from << " " << row.n;
  }
}

TEST(HallCalendar, AddingAndTakingAwayBusinessDaysAreInverse) {
  HallSchedule schedule = office_hours();
  schedule.closures = {{day_of("2026-03-03"), "停电"}, {day_of("2026-10-09"), "台风"}};
  schedule.extra_days = {{day_of("2026-10-02"), {}, "招商周"}};
  const HallCalendar calendar(official_calendar(), schedule);
  for (Date date = day_of("2025-12-01"); date <= day_of("2027-02-01"); date = date + 1) {
    for (int n = 1; n <= 30; ++n) {
      const auto later = calendar.add_business_days(date, n);
      const auto earlier = calendar.add_business_days(date, -n);
      ASSERT_TRUE(later && earlier);
      ASSERT_EQ(calendar.count_business_days(date + 1, *later), n) << to_string(date) << " " << n;
      ASSERT_EQ(calendar.count_business_days(*earlier, date - 1), n) << to_string(date) << " " << n;
      ASSERT_TRUE(calendar.is_business_day(*later) && calendar.is_business_day(*earlier));
      if (!calendar.is_business_day(date)) continue;
      ASSERT_EQ(calendar.add_business_days(*later, -n), date) << to_string(date) << " " << n;
      ASSERT_EQ(calendar.add_business_days(*earlier, n), date) << to_string(date) << " " << n;
    }
  }
}

TEST(HallCalendar, CountsBusinessDaysWithBothEnds) {
  const HallSchedule schedule = office_hours();
  const HallCalendar calendar(official_calendar(), schedule);
  EXPECT_EQ(calendar.count_business_days(day_of("2026-11-23"), day_of("2026-11-27")), 5);
  EXPECT_EQ(calendar.count_business_days(day_of("2026-11-25"), day_of("2026-11-25")), 1);
  EXPECT_EQ(calendar.count_business_days(day_of("2026-11-21"), day_of("2026-11-22")), 0);
  EXPECT_EQ(calendar.count_business_days(day_of("2026-10-01"), day_of("2026-10-12")), 4);
  EXPECT_EQ(calendar.count_business_days(day_of("2026-11-26"), day_of("2026-11-25")), 0);
  int month_by_month = 0;
  for (int month = 1; month <= 12; ++month) {
    month_by_month += calendar.count_business_days(
        to_date({2026, month, 1}), to_date({2026, month, days_in_month(2026, month)}));
  }
  EXPECT_EQ(calendar.count_business_days(day_of("2026-01-01"), day_of("2026-12-31")),
            month_by_month);
}

TEST(HallCalendar, GivesUpAfterItsSearchLimit) {
  HallSchedule schedule;
  schedule.extra_days = {{day_of("2026-11-25"), {span("09:00", "10:00")}, "唯一"}};
  const HallCalendar calendar(official_calendar(), schedule);
  const Date only = day_of("2026-11-25");
  const int limit = HallCalendar::max_search_days;
  EXPECT_EQ(calendar.add_business_days(only - limit, 1), only);
  EXPECT_EQ(calendar.add_business_days(only - limit - 1, 1), std::nullopt);
  EXPECT_EQ(calendar.add_business_days(only + limit, -1), only);
  EXPECT_EQ(calendar.add_business_days(only + limit + 1, -1), std::nullopt);
  EXPECT_EQ(calendar.add_business_days(only, 1), std::nullopt);
}

}  // namespace
}  // namespace yuanyue::testing
