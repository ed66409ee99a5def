// The row of an official calendar year is CalendarYear itself (core/calendar/holiday_calendar.h).
#pragma once

#include <compare>

#include "core/calendar/holiday_calendar.h"

namespace yuanyue {

struct CalendarYearKey {
  int year = 0;
  auto operator<=>(const CalendarYearKey&) const = default;
};

}  // namespace yuanyue
