// What the calendar tests share: short ways to write a day and an instant, the official calendar of
// the asset, and a hall like the park's own.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include "assets/embedded.h"
#include "core/calendar/calendar_json.h"
#include "core/calendar/deadline.h"
#include "core/calendar/hall_calendar.h"

namespace yuanyue::testing {

// "2026-11-25"
inline Date day_of(std::string_view text) { return parse_date(text).value(); }
// "2026-11-25 09:00" in the park's zone
inline Instant at(std::string_view text) {
  return to_instant(day_of(text.substr(0, 10)), parse_time_of_day(text.substr(11)).value());
}
inline TimeSpan span(std::string_view start, std::string_view end) {
  return {parse_time_of_day(start).value(), parse_time_of_day(end).value()};
}

inline std::string_view asset_text() { return embedded_asset("calendars/cn_holidays.json"); }

inline const HolidayCalendar& official_calendar() {
  static const HolidayCalendar calendar = [] {
    HolidayCalendar made;
    auto file = decode_calendar_file(asset_text());
    EXPECT_TRUE(file.has_value());
    for (auto& [number, year] : file->years) made.put(std::move(year));
    return made;
  }();
  return calendar;
}

// Monday to Friday, 09:00-12:00 and 13:30-17:00: six and a half hours a day.
inline HallSchedule office_hours() {
  HallSchedule schedule;
  for (std::size_t weekday = 0; weekday < 5; ++weekday) {
    schedule.weekly_hours[weekday] = {span("09:00", "12:00"), span("13:30", "17:00")};
  }
  return schedule;
}
inline constexpr std::int64_t office_day_ms = 6 * ms_per_hour + 30 * ms_per_minute;

}  // namespace yuanyue::testing
