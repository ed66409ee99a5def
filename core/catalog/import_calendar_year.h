// The State Council's calendar of one year.
#pragma once

#include "core/catalog/calendar_year.h"
#include "core/kernel/command.h"

namespace yuanyue {

// Recomputes what stood on provisional days: bookings on days now closed are flagged and told.
struct ImportCalendarYear {
  CalendarYear year;
  bool force = false;  // also a year that lacks statutory holidays (calendar/statutory_days.h)
  bool operator==(const ImportCalendarYear&) const = default;
};
Refusal decide(Transaction& transaction, const ImportCalendarYear& command);

}  // namespace yuanyue
