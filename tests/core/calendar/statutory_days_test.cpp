#include "core/calendar/statutory_days.h"

#include <string>

#include "tests/core/calendar/calendar_world.h"

namespace yuanyue::testing {
namespace {

std::map<int, CalendarYear> shipped_years() {
  return decode_calendar_file(asset_text()).value().years;
}

CalendarYear without(CalendarYear year, Date date) {
  std::erase_if(year.off, [&](const OfficialDay& day) { return day.date == date; });
  return year;
}

TEST(StatutoryDays, NoPublishedYearLacksOne) {
  for (const auto& [number, year] : shipped_years()) {
    EXPECT_EQ(to_string(missing_statutory_days(year)), "") << number;
  }
}

TEST(StatutoryDays, AYearWithOneHolidayLacksAllOthers) {
  const CalendarYear year{.year = 2027, .off = {{day_of("2027-01-01"), "元旦"}}};
  EXPECT_EQ(
      to_string(missing_statutory_days(year)),
      "春节、清明节、劳动节 2027-05-01、劳动节 2027-05-02、端午节、中秋节、国庆节 2027-10-01、"
      "国庆节 2027-10-02、国庆节 2027-10-03");
}

TEST(StatutoryDays, EachFixedDayIsMissed) {
  const CalendarYear year = shipped_years().at(2026);
  for (const char* date :
       {"2026-01-01", "2026-05-01", "2026-05-02", "2026-10-01", "2026-10-02", "2026-10-03"}) {
    const auto missing = missing_statutory_days(without(year, day_of(date)));
    ASSERT_EQ(missing.size(), 1U) << date;
    EXPECT_EQ(missing.front().date, day_of(date));
  }
  // The second day of 劳动节 came with 2025.
  EXPECT_TRUE(
      missing_statutory_days(without(shipped_years().at(2024), day_of("2024-05-02"))).empty());
}

TEST(StatutoryDays, EachHolidayThatMovesIsMissed) {
  for (const auto& [number, whole] : shipped_years()) {
    for (const char* name : {"春节", "清明节", "端午节", "中秋节"}) {
      CalendarYear year = whole;
      const bool had = std::erase_if(year.off, [&](const OfficialDay& day) {
                         return day.name.find(name) != std::string::npos &&
                                fixed_statutory_day(to_year_month_day(day.date)).empty();
                       }) > 0;
      for (OfficialDay& day : year.off) day.name = "国庆节";  // where two fell together
      if (had) {
        EXPECT_NE(to_string(missing_statutory_days(year)).find(name), std::string::npos)
            << number << name;
      }
    }
  }
}

// A file that ends early, wherever it was cut before National Day.
TEST(StatutoryDays, ACutYearIsNeverWhole) {
  for (const auto& [number, whole] : shipped_years()) {
    CalendarYear year = whole;
    const Date last_fixed = to_date({number, 10, 3});
    while (!year.off.empty()) {
      const bool was_needed = year.off.back().date <= last_fixed;
      year.off.pop_back();
      EXPECT_TRUE(!was_needed || !missing_statutory_days(year).empty()) << number;
    }
  }
}

}  // namespace
}  // namespace yuanyue::testing
