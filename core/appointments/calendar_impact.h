// What an import of calendar years would change, for the administrator before it is done and for
// the report after.
#pragma once

#include <string>
#include <vector>

#include "core/calendar/holiday_calendar.h"
#include "core/kernel/state.h"

namespace yuanyue {

struct ChangedDay {
  Date date;
  DayReason was = DayReason::weekday;
  DayReason is = DayReason::weekday;
  std::string was_name;  // of the holiday, if any
  std::string name;
  bool was_business_day = false;
  bool is_business_day = false;
  int bookings = 0;  // confirmed, on this day
  bool operator==(const ChangedDay&) const = default;
};

struct CalendarImpact {
  std::vector<ChangedDay> days;  // by date; only those that change
  int bookings_to_relocate = 0;  // confirmed, on a day that its hall would now be closed
  int bookings_kept = 0;         // had to be relocated and need not any more
  int deadlines_moved = 0;       // confirmed bookings that may be changed until another instant
  bool operator==(const CalendarImpact&) const = default;
};

// Looks at every confirmed booking; for administrators' commands only.
CalendarImpact calendar_impact(const State& state, const std::vector<CalendarYear>& years);

}  // namespace yuanyue
