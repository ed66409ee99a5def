// The holidays that every year has by law. A calendar year without one of them was cut off, or
// typed in half; taken for final it would make National Day a workday.
//
// Source: 全国年节及纪念日放假办法. 元旦, 劳动节 and 国庆节 have fixed dates; 春节, 清明节, 端午节
// and 中秋节 (the last three since 2008) hang on the sun and the moon, and are only asked for near
// their time.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/calendar/holiday_calendar.h"

namespace yuanyue {

struct MissingHoliday {
  std::string name;
  std::optional<Date> date;  // of fixed days
  bool operator==(const MissingHoliday&) const = default;
};

// By date; empty for a year that may be taken for final.
std::vector<MissingHoliday> missing_statutory_days(const CalendarYear& year);

// "元旦 2027-01-01、春节", for people.
std::string to_string(const std::vector<MissingHoliday>& missing);

}  // namespace yuanyue
