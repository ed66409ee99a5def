#include "core/calendar/hall_calendar.h"

#include <algorithm>

namespace yuanyue {
namespace {

using Spans = std::vector<TimeSpan>;

const Spans& no_hours() {
  static const Spans none;
  return none;
}

template <class Row>
const Row* find_by_date(const std::vector<Row>& rows, Date date) {
  const auto found =
      std::lower_bound(rows.begin(), rows.end(), date,
                       [](const Row& row, Date wanted) { return row.date < wanted; });
  return found != rows.end() && found->date == date ? &*found : nullptr;
}

const Spans& weekly_hours(const HallSchedule& schedule, Weekday weekday) {
  return schedule.weekly_hours[static_cast<std::size_t>(weekday)];
}

// The day's own hours, else Monday's, else those of the first weekday that has any.
const Spans& makeup_hours(const HallSchedule& schedule, Weekday weekday) {
  if (!weekly_hours(schedule, weekday).empty()) return weekly_hours(schedule, weekday);
  for (const Spans& spans : schedule.weekly_hours) {
    if (!spans.empty()) return spans;
  }
  return no_hours();
}

// Without closures and extra days.
const Spans& regular_hours(const HallSchedule& schedule, Date date, DayReason reason) {
  if (reason == DayReason::holiday) return no_hours();
  if (reason == DayReason::makeup_workday) return makeup_hours(schedule, weekday_of(date));
  return weekly_hours(schedule, weekday_of(date));
}

struct HallDay {
  DayStatus status;
  const Spans* hours;
};

HallDay hall_day(const HolidayCalendar& official, const HallSchedule& schedule, Date date) {
  const DayStatus base = official.day(date);
  const Spans& regular = regular_hours(schedule, date, base.reason);
  const bool regular_business_day = base.is_business_day && !regular.empty();
  const HallExtraDay* extra = find_by_date(schedule.extra_days, date);
  if (const HallClosure* closure = find_by_date(schedule.closures, date)) {
    // A closure is the reason only where the hall would have worked.
    if (!base.is_business_day && extra == nullptr) return {base, &no_hours()};
    return {{false, DayReason::hall_closed, base.provisional, closure->reason}, &no_hours()};
  }
  if (extra != nullptr) {
    const Spans& hours =
        extra->hours.empty() ? makeup_hours(schedule, weekday_of(date)) : extra->hours;
    if (!hours.empty()) {
      if (regular_business_day) return {base, &hours};
      return {{true, DayReason::hall_extra_day, base.provisional, extra->reason}, &hours};
    }
  }
  if (base.is_business_day && !regular_business_day) {
    return {{false, DayReason::hall_closed, base.provisional, {}}, &no_hours()};
  }
  return {base, &regular};
}

}  // namespace

DayStatus HallCalendar::day(Date date) const {
  return hall_day(*official_, *schedule_, date).status;
}

const std::vector<TimeSpan>& HallCalendar::hours(Date date) const {
  return *hall_day(*official_, *schedule_, date).hours;
}

std::optional<TimeOfDay> HallCalendar::closing_time(Date date) const {
  const Spans& spans = hours(date);
  if (spans.empty()) return std::nullopt;
  return spans.back().end;
}

bool HallCalendar::is_open(Instant at) const {
  const Spans& spans = hours(date_of(at));
  const TimeOfDay time = time_of_day(at);
  return std::any_of(spans.begin(), spans.end(),
                     [&](TimeSpan span) { return span.start <= time && time < span.end; });
}

std::optional<Date> HallCalendar::add_business_days(Date date, int n) const {
  const int direction = n < 0 ? -1 : 1;
  int missing = n < 0 ? -n : n;
  for (int searched = 0; missing > 0; ++searched) {
    if (searched == max_search_days) return std::nullopt;
    date = date + direction;
    if (is_business_day(date)) --missing;
  }
  return date;
}

int HallCalendar::count_business_days(Date from, Date to) const {
  int count = 0;
  for (Date date = from; date <= to; date = date + 1) {
    if (is_business_day(date)) ++count;
  }
  return count;
}

std::optional<Instant> HallCalendar::add_opening_time(Instant from,
                                                      std::int64_t duration_ms) const {
  if (duration_ms == 0) return from;
  const Date first = date_of(from);
  std::int64_t missing_ms = duration_ms;
  for (int searched = 0; searched <= max_search_days; ++searched) {
    const Date date = first + searched;
    for (const TimeSpan span : hours(date)) {
      const Instant start = std::max(from, to_instant(date, span.start));
      const std::int64_t open_ms = to_instant(date, span.end) - start;
      if (open_ms <= 0) continue;
      if (missing_ms <= open_ms) return start + missing_ms;
      missing_ms -= open_ms;
    }
  }
  return std::nullopt;
}

std::int64_t HallCalendar::opening_time_between(Instant from, Instant to) const {
  if (to <= from) return 0;
  std::int64_t total_ms = 0;
  const Date last = date_of(to);
  for (Date date = date_of(from); date <= last; date = date + 1) {
    for (const TimeSpan span : hours(date)) {
      const Instant start = std::max(from, to_instant(date, span.start));
      const Instant end = std::min(to, to_instant(date, span.end));
      if (start < end) total_ms += end - start;
    }
  }
  return total_ms;
}

}  // namespace yuanyue
