#include "core/appointments/calendar_impact.h"

#include <map>

#include "core/appointments/booking.h"
#include "core/calendar/deadline.h"
#include "core/catalog/catalog.h"
#include "core/catalog/official_calendar.h"

namespace yuanyue {
namespace {

bool differ(const DayStatus& a, const DayStatus& b) {
  return a.is_business_day != b.is_business_day || a.reason != b.reason || a.name != b.name;
}

std::vector<ChangedDay> changed_days(const HolidayCalendar& before, const HolidayCalendar& after,
                                     int year, const std::map<Date, int>& bookings) {
  std::vector<ChangedDay> days;
  const Date end = to_date({year + 1, 1, 1});
  for (Date date = to_date({year, 1, 1}); date < end; date = date + 1) {
    const DayStatus was = before.day(date);
    const DayStatus is = after.day(date);
    if (!differ(was, is)) continue;
    const auto found = bookings.find(date);
    days.push_back({.date = date,
                    .was = was.reason,
                    .is = is.reason,
                    .was_name = std::string(was.name),
                    .name = std::string(is.name),
                    .was_business_day = was.is_business_day,
                    .is_business_day = is.is_business_day,
                    .bookings = found == bookings.end() ? 0 : found->second});
  }
  return days;
}

}  // namespace

CalendarImpact calendar_impact(const State& state, const std::vector<CalendarYear>& years) {
  CalendarImpact impact;
  HolidayCalendar after = official_calendar(state);
  std::map<int, bool> concerned;
  for (const CalendarYear& year : years) {
    after.put(year);
    concerned[year.year] = true;
  }
  std::map<Date, int> bookings;
  state.for_each<Booking>([&](const Booking& booking) {
    if (booking.status != BookingStatus::confirmed) return;
    ++bookings[booking.block.date];
    const Service& service = *state.find(booking.block.service);
    const HallSchedule& schedule = state.find(service.hall)->schedule;
    const HallCalendar hall_before(official_calendar(state), schedule);
    const HallCalendar hall_after(after, schedule);
    const Date date = booking.block.date;
    const bool was_open = hall_before.is_business_day(date);
    const bool is_open = hall_after.is_business_day(date);
    impact.bookings_to_relocate += was_open && !is_open;
    impact.bookings_kept += booking.needs_relocation && !was_open && is_open;
    const NoticeRule& notice = service.policy.notice;
    impact.deadlines_moved += deadline_closes_at(hall_before, date, notice) !=
                              deadline_closes_at(hall_after, date, notice);
  });
  for (const auto& [year, is_concerned] : concerned) {
    const auto days = changed_days(official_calendar(state), after, year, bookings);
    impact.days.insert(impact.days.end(), days.begin(), days.end());
  }
  return impact;
}

}  // namespace yuanyue
