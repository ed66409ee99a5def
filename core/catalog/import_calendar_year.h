// The State Council's calendar of one year.
#pragma once

#include "core/catalog/calendar_year.h"
#include "core/kernel/command.h"
#include "core/kernel/fact.h"

namespace yuanyue {

// Recomputes what stood on provisional days: bookings on days now closed are flagged and told.
struct ImportCalendarYear {
  static const CommandType<ImportCalendarYear> type;
  CalendarYear year;
  bool force = false;  // also a year that lacks statutory holidays (calendar/statutory_days.h)
  bool operator==(const ImportCalendarYear&) const = default;
};

struct CalendarYearImported {
  static const FactType<CalendarYearImported> type;
  int year = 0;
  bool operator==(const CalendarYearImported&) const = default;
};

}  // namespace yuanyue
