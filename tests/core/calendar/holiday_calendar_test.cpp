#include "core/calendar/holiday_calendar.h"

#include <set>
#include <string>

#include <nlohmann/json.hpp>

#include "tests/core/calendar/calendar_world.h"

namespace yuanyue::testing {
namespace {

// The asset read again without the project's decoder.
struct NaiveCalendar {
  std::set<std::string> off;
  std::set<std::string> work;

  NaiveCalendar() {
    const auto json = nlohmann::json::parse(asset_text(), nullptr, false);
    for (const auto& item : json["years"].items()) {
      for (const auto& day : item.value()["off"])
        off.insert(day["date"].get_ref<const std::string&>());
      for (const auto& day : item.value()["work"])
        work.insert(day["date"].get_ref<const std::string&>());
    }
  }

  bool is_business_day(const std::string& date, int weekday) const {
    if (off.contains(date)) return false;
    if (work.contains(date)) return true;
    return weekday < 5;
  }
};

TEST(HolidayCalendar, EveryDayFrom2007To2026IsAsTheNoticesSay) {
  const NaiveCalendar naive;
  ASSERT_GT(naive.off.size(), 500U);
  int weekday = 0;  // 2007-01-01 was a Monday
  int business_days = 0;
  for (Date date = day_of("2007-01-01"); date <= day_of("2026-12-31"); date = date + 1) {
    const std::string text = to_string(date);
    const DayStatus status = official_calendar().day(date);
    ASSERT_EQ(status.is_business_day, naive.is_business_day(text, weekday)) << text;
    const bool named = naive.off.contains(text) || (naive.work.contains(text) && weekday >= 5);
    ASSERT_EQ(!status.name.empty(), named) << text;
    ASSERT_EQ(status.reason == DayReason::holiday, naive.off.contains(text)) << text;
    ASSERT_EQ(status.reason == DayReason::makeup_workday, naive.work.contains(text) && weekday >= 5)
        << text;
    ASSERT_EQ(status.provisional, text >= "2026-12-29") << text;
    business_days += status.is_business_day ? 1 : 0;
    weekday = (weekday + 1) % 7;
  }
  EXPECT_GT(business_days, 20 * 245);
  EXPECT_LT(business_days, 20 * 255);
}

struct DayRow {
  const char* date;
  bool is_business_day;
  DayReason reason;
  const char* name;
  bool provisional;
};

void expect_day(const HolidayCalendar& calendar, const DayRow& row) {
  const DayStatus status = calendar.day(day_of(row.date));
  EXPECT_EQ(status.is_business_day, row.is_business_day) << row.date;
  EXPECT_EQ(reason_code(status.reason), reason_code(row.reason)) << row.date;
  EXPECT_EQ(status.name, row.name) << row.date;
  EXPECT_EQ(status.provisional, row.provisional) << row.date;
}

TEST(HolidayCalendar, SaysWhyADayCountsOrNot) {
  for (const DayRow& row : {
           DayRow{"2026-11-25", true, DayReason::weekday, "", false},
           DayRow{"2026-11-21", false, DayReason::weekend, "", false},
           DayRow{"2026-10-01", false, DayReason::holiday, "国庆节", false},
           DayRow{"2026-10-03", false, DayReason::holiday, "国庆节",
                  false},  // a Saturday of the holiday
           DayRow{"2026-10-10", true, DayReason::makeup_workday, "国庆节", false},
           DayRow{"2026-10-11", false, DayReason::weekend, "", false},
           DayRow{"2015-09-03", false, DayReason::holiday,
                  "抗日战争暨世界反法西斯战争胜利70周年纪念日", false},
           DayRow{"2020-10-08", false, DayReason::holiday, "国庆节、中秋节", false},
           DayRow{"2007-12-29", true, DayReason::makeup_workday, "元旦",
                  false},  // by the notice of 2008
           DayRow{"2007-12-31", false, DayReason::holiday, "元旦", false},
           DayRow{"2020-02-03", true, DayReason::weekday, "",
                  false},  // named by the notice, but a Monday
       }) {
    expect_day(official_calendar(), row);
  }
}

TEST(HolidayCalendar, AYearWithoutNoticeHasWeekendsAndFixedStatutoryDaysAndIsProvisional) {
  EXPECT_TRUE(official_calendar().is_provisional(2027));
  EXPECT_FALSE(official_calendar().is_provisional(2026));
  for (const DayRow& row : {
           DayRow{"2027-01-01", false, DayReason::holiday, "元旦", true},
           DayRow{"2027-01-02", false, DayReason::weekend, "", true},
           DayRow{"2027-01-04", true, DayReason::weekday, "", true},
           DayRow{"2027-02-08", true, DayReason::weekday, "",
                  true},  // 春节: by the moon, so not guessed
           DayRow{"2027-04-05", true, DayReason::weekday, "", true},  // 清明: likewise
           DayRow{"2027-04-30", true, DayReason::weekday, "", true},
           DayRow{"2027-05-01", false, DayReason::holiday, "劳动节", true},
           DayRow{"2028-05-02", false, DayReason::holiday, "劳动节", true},
           DayRow{"2028-05-03", true, DayReason::weekday, "", true},
           DayRow{"2027-09-30", true, DayReason::weekday, "", true},
           DayRow{"2027-10-01", false, DayReason::holiday, "国庆节", true},
           DayRow{"2027-10-03", false, DayReason::holiday, "国庆节", true},
           DayRow{"2027-10-04", true, DayReason::weekday, "", true},
           DayRow{"2006-05-01", false, DayReason::holiday, "劳动节", true},
           DayRow{"2006-05-02", true, DayReason::weekday, "", true},
           DayRow{"2199-12-31", true, DayReason::weekday, "", true},
           DayRow{"1970-01-01", false, DayReason::holiday, "元旦", true},
       }) {
    expect_day(official_calendar(), row);
  }
}

TEST(HolidayCalendar, AnEmptyCalendarIsProvisionalEverywhere) {
  const HolidayCalendar empty;
  for (Date date = day_of("1970-01-01"); date <= day_of("2199-12-31"); date = date + 1) {
    const DayStatus status = empty.day(date);
    const bool statutory = !fixed_statutory_day(to_year_month_day(date)).empty();
    ASSERT_TRUE(status.provisional) << to_string(date);
    ASSERT_EQ(status.is_business_day, !statutory && !is_weekend(weekday_of(date)))
        << to_string(date);
  }
}

TEST(HolidayCalendar, TheEndOfDecemberIsProvisionalUntilTheNextNoticeIsKnown) {
  HolidayCalendar calendar;
  calendar.put({2026, {}, {{day_of("2026-01-01"), "元旦"}}, {}});
  EXPECT_FALSE(calendar.day(day_of("2026-12-28")).provisional);
  for (const char* date : {"2026-12-29", "2026-12-30", "2026-12-31"}) {
    EXPECT_TRUE(calendar.day(day_of(date)).provisional) << date;
  }
  calendar.put({2027, {}, {{day_of("2027-01-01"), "元旦"}}, {}});
  EXPECT_FALSE(calendar.day(day_of("2026-12-31")).provisional);
  EXPECT_FALSE(calendar.day(day_of("2027-01-01")).provisional);
  EXPECT_TRUE(calendar.day(day_of("2027-12-31")).provisional);
}

TEST(HolidayCalendar, ImportingAYearReplacesItAndErasingForgetsIt) {
  HolidayCalendar calendar;
  const DayRow before{"2027-02-08", true, DayReason::weekday, "", true};
  expect_day(calendar, before);
  calendar.put({2027, {}, {{day_of("2027-02-08"), "春节"}}, {{day_of("2027-02-14"), "春节"}}});
  expect_day(calendar, {"2027-02-08", false, DayReason::holiday, "春节", false});
  expect_day(calendar, {"2027-02-14", true, DayReason::makeup_workday, "春节", false});
  expect_day(calendar,
             {"2027-10-01", true, DayReason::weekday, "", false});  // the notice alone counts now
  calendar.put({2027, {}, {{day_of("2027-02-09"), "春节"}}, {}});
  expect_day(calendar, {"2027-02-08", true, DayReason::weekday, "", false});
  expect_day(calendar, {"2027-02-14", false, DayReason::weekend, "", false});
  ASSERT_NE(calendar.find(2027), nullptr);
  EXPECT_EQ(calendar.find(2027)->off.size(), 1U);
  calendar.erase(2027);
  expect_day(calendar, before);
  EXPECT_EQ(calendar.find(2027), nullptr);
  EXPECT_TRUE(calendar.years().empty());
}

TEST(HolidayCalendar, AGapBetweenKnownYearsIsProvisional) {
  HolidayCalendar calendar;
  calendar.put({2030, {}, {{day_of("2030-01-02"), "元旦"}}, {}});
  calendar.put({2026, {}, {{day_of("2026-01-02"), "元旦"}}, {}});
  expect_day(calendar, {"2026-01-02", false, DayReason::holiday, "元旦", false});
  expect_day(calendar, {"2027-01-01", false, DayReason::holiday, "元旦", true});
  expect_day(calendar, {"2028-02-29", true, DayReason::weekday, "", true});
  expect_day(calendar, {"2029-12-31", true, DayReason::weekday, "", true});
  expect_day(calendar, {"2030-01-01", true, DayReason::weekday, "", false});
  expect_day(calendar, {"2030-01-02", false, DayReason::holiday, "元旦", false});
  expect_day(calendar, {"2031-01-01", false, DayReason::holiday, "元旦", true});
}

TEST(HolidayCalendar, ACopyKeepsItsOwnNames) {
  HolidayCalendar copy;
  {
    HolidayCalendar original;
    original.put({2026, {}, {{day_of("2026-10-01"), "国庆节"}}, {}});
    copy = original;
    original.erase(2026);
  }
  EXPECT_EQ(copy.day(day_of("2026-10-01")).name, "国庆节");
}

TEST(HolidayCalendar, YearsAtBothEndsOfTheRangeTogether) {
  HolidayCalendar calendar;
  calendar.put({2199, {}, {{day_of("2199-12-31"), "末日"}}, {}});
  calendar.put({1970, {}, {{day_of("1970-01-02"), "初日"}}, {}});
  expect_day(calendar, {"2199-12-31", false, DayReason::holiday, "末日", true});
  expect_day(calendar, {"1970-01-02", false, DayReason::holiday, "初日", false});
  expect_day(calendar, {"2026-11-25", true, DayReason::weekday, "", true});
}

}  // namespace
}  // namespace yuanyue::testing
