// The official years that are known, as one calendar: the index of calendar years.
#pragma once

#include "core/calendar/holiday_calendar.h"
#include "core/catalog/ids.h"
#include "core/kernel/state.h"

namespace yuanyue {

struct OfficialCalendar {
  static constexpr PartNumber number{catalog::domain_number, 8};
  HolidayCalendar days;
};
inline const HolidayCalendar& official_calendar(const State& state) {
  return state.part<OfficialCalendar>().days;
}

}  // namespace yuanyue
