#include "core/base/time.h"

#include <array>
#include <string>

#include <gtest/gtest.h>

namespace yuanyue {
namespace {

// Counts days one by one, with nothing but the leap year rule.
struct DayCounter {
  int year = 1970;
  int month = 1;
  int day = 1;
  int weekday = 3;  // 1970-01-01 was a Thursday

  void next() {
    static constexpr std::array<int, 12> lengths{31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    const bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    const int length = month == 2 && leap ? 29 : lengths[static_cast<std::size_t>(month - 1)];
    weekday = (weekday + 1) % 7;
    if (++day <= length) return;
    day = 1;
    if (++month <= 12) return;
    month = 1;
    ++year;
  }
};

TEST(Time, EveryDayFrom1970To2199GoesBothWays) {
  DayCounter counter;
  int days = 0;
  for (; counter.year < 2200; counter.next(), ++days) {
    const YearMonthDay expected{counter.year, counter.month, counter.day};
    const Date date{days};
    ASSERT_TRUE(is_valid(expected));
    ASSERT_EQ(to_year_month_day(date), expected) << days;
    ASSERT_EQ(to_date(expected), date) << days;
    ASSERT_EQ(static_cast<int>(weekday_of(date)), counter.weekday) << days;
    ASSERT_EQ(parse_date(to_string(date)), date) << days;
    ASSERT_EQ(date_of(to_instant(date, {0})), date) << days;
    ASSERT_EQ(date_of(to_instant(date, {0}) - 1), date - 1) << days;
  }
  EXPECT_EQ(days, 84006);
}

TEST(Time, EveryMinuteOfADayGoesBothWays) {
  const Date date = to_date({2026, 11, 25});
  for (std::int16_t minute = 0; minute < minutes_per_day; ++minute) {
    const TimeOfDay time{minute};
    ASSERT_EQ(parse_time_of_day(to_string(time)), time);
    const Instant instant = to_instant(date, time);
    ASSERT_EQ(time_of_day(instant), time);
    ASSERT_EQ(time_of_day(instant + ms_per_minute - 1), time);
    ASSERT_EQ(date_of(instant), date);
    ASSERT_EQ(parse_instant(to_string(instant)), instant);
  }
  EXPECT_EQ(to_string(TimeOfDay{minutes_per_day}), "24:00");
  EXPECT_EQ(parse_time_of_day("24:00"), TimeOfDay{minutes_per_day});
  EXPECT_EQ(to_instant(date, {minutes_per_day}), to_instant(date + 1, {0}));
}

TEST(Time, ParsesExactlyTheFormOfADate) {
  for (const char* text : {"1970-01-01", "2000-02-29", "2024-02-29", "2199-12-31"}) {
    const auto date = parse_date(text);
    ASSERT_TRUE(date) << text;
    EXPECT_EQ(to_string(*date), text);
  }
  for (const char* text : {"",           "2026-1-1",   "2026-01-1",        "26-01-01",
                           "2026-01-00", "2026-00-01", "2026-13-01",       "2026-02-29",
                           "2100-02-29", "2026-04-31", "2026-11-25 ",      " 2026-11-25",
                           "2026/11/25", "2026-11-2x", "-026-11-25",       "+026-11-25",
                           "1969-12-31", "2200-01-01", "2026-11-25T00:00", "２026-11-25"}) {
    EXPECT_FALSE(parse_date(text)) << text;
  }
}

TEST(Time, ParsesExactlyTheFormOfATimeOfDay) {
  for (const char* text :
       {"", "9:00", "09:0", "09:60", "24:01", "25:00", "09-00", "09:00:00", "-9:00", " 9:00"}) {
    EXPECT_FALSE(parse_time_of_day(text)) << text;
  }
}

TEST(Time, ParsesInstantsOfAnyOffset) {
  struct Row {
    const char* text;
    const char* in_the_park;
  };
  for (const Row& row : {
           Row{"2026-11-23T09:00:00+08:00", "2026-11-23T09:00:00+08:00"},
           Row{"2026-11-23T01:00:00Z", "2026-11-23T09:00:00+08:00"},
           Row{"2026-11-22T20:00:00-05:00", "2026-11-23T09:00:00+08:00"},
           Row{"2026-11-23T06:30:00+05:30", "2026-11-23T09:00:00+08:00"},
           Row{"2026-11-23T09:00:00.007+08:00", "2026-11-23T09:00:00.007+08:00"},
           Row{"2026-12-31T16:00:00Z", "2027-01-01T00:00:00+08:00"},
           Row{"1970-01-01T00:00:00Z", "1970-01-01T08:00:00+08:00"},
           Row{"1970-01-01T00:00:00+08:00", "1970-01-01T00:00:00+08:00"},
       }) {
    const auto instant = parse_instant(row.text);
    ASSERT_TRUE(instant) << row.text;
    EXPECT_EQ(to_string(*instant), row.in_the_park);
    EXPECT_EQ(parse_instant(to_string(*instant)), instant);
  }
  EXPECT_EQ(parse_instant("1970-01-01T00:00:00Z"), Instant{0});
  EXPECT_EQ(parse_instant("1970-01-01T00:00:00.001Z"), Instant{1});
  for (const char* text :
       {"", "2026-11-23", "2026-11-23T09:00:00", "2026-11-23 09:00:00Z", "2026-11-23T09:00Z",
        "2026-11-23T24:00:00Z", "2026-11-23T09:60:00Z", "2026-11-23T09:00:60Z",
        "2026-11-23T09:00:00z", "2026-11-23T09:00:00+8:00", "2026-11-23T09:00:00+0800",
        "2026-11-23T09:00:00+15:00", "2026-11-23T09:00:00.1Z", "2026-11-23T09:00:00.Z",
        "2026-11-23T09:00:00Z "}) {
    EXPECT_FALSE(parse_instant(text)) << text;
  }
}

// Found by the fuzz targets: what is read must be what can be printed and read again.
TEST(Time, RefusesInstantsWhoseDayInTheParkCannotBePrinted) {
  EXPECT_EQ(parse_instant("1970-01-01T00:00:00+14:00"), std::nullopt);
  EXPECT_EQ(parse_instant("2199-12-31T23:00:00Z"), std::nullopt);
  for (const char* text : {"1970-01-01T00:00:00+08:00", "2199-12-31T15:59:59Z"}) {
    const auto at = parse_instant(text);
    ASSERT_TRUE(at) << text;
    EXPECT_EQ(parse_instant(to_string(*at)), at) << text;
  }
}

TEST(Time, KnowsLeapYearsAndMonths) {
  EXPECT_TRUE(is_leap_year(2000));
  EXPECT_TRUE(is_leap_year(2024));
  EXPECT_FALSE(is_leap_year(2026));
  EXPECT_FALSE(is_leap_year(2100));
  EXPECT_EQ(days_in_month(2024, 2), 29);
  EXPECT_EQ(days_in_month(2026, 2), 28);
  EXPECT_FALSE(is_valid({2026, 0, 1}));
  EXPECT_FALSE(is_valid({2026, 13, 1}));
  EXPECT_FALSE(is_valid({2026, 6, 31}));
  EXPECT_FALSE(is_valid({2026, 6, 0}));
}

TEST(Time, TouchingSpansDoNotOverlap) {
  const TimeSpan morning{{9 * 60}, {11 * 60}};
  EXPECT_FALSE(overlaps(morning, {{11 * 60}, {12 * 60}}));
  EXPECT_FALSE(overlaps({{8 * 60}, {9 * 60}}, morning));
  EXPECT_TRUE(overlaps(morning, {{10 * 60 + 59}, {12 * 60}}));
  EXPECT_TRUE(overlaps(morning, morning));
}

}  // namespace
}  // namespace yuanyue
