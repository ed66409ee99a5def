// A hall's own calendar on top of the official one: opening hours, closures, extra days,
// business-day arithmetic and durations in opening time.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "core/calendar/holiday_calendar.h"

namespace yuanyue {

struct HallClosure {
  Date date;
  std::string reason;  // shown to the enterprise: 台风, 停电 …
  bool operator==(const HallClosure&) const = default;
};

// A day the hall opens although it is no business day, or opens at other hours.
struct HallExtraDay {
  Date date;
  std::vector<TimeSpan> hours;  // empty: the hours of a make-up workday
  std::string reason;
  bool operator==(const HallExtraDay&) const = default;
};

// Per weekday (Monday first) several spans, ascending, not touching. A make-up workday on a weekend
// whose own weekday has no spans takes Monday's hours (those of the first weekday that has any). A
// weekday without spans is no business day of this hall. Spans of an ordinary weekend day are
// opening time, but do not make it a business day; on an official holiday the hall is shut.
struct HallSchedule {
  std::array<std::vector<TimeSpan>, 7> weekly_hours;
  std::vector<HallClosure> closures;     // ascending by date
  std::vector<HallExtraDay> extra_days;  // ascending by date; a closure of the same day wins
  bool operator==(const HallSchedule&) const = default;
};

// A view; both referents must outlive it. Cheap to copy. Every business day has opening hours. A
// closure is named as the reason only on a day that the hall would have worked. Dates must lie in
// 1970..2199.
class HallCalendar {
 public:
  HallCalendar(const HolidayCalendar& official, const HallSchedule& schedule)
      : official_(&official), schedule_(&schedule) {}

  DayStatus day(Date date) const;
  bool is_business_day(Date date) const { return day(date).is_business_day; }

  // Opening hours of a date; empty when the hall is closed that day.
  const std::vector<TimeSpan>& hours(Date date) const;
  std::optional<TimeOfDay> closing_time(Date date) const;  // end of the last span
  bool is_open(Instant at) const;

  // The n-th business day after (n > 0) or before (n < 0) `date`, `date` itself not counted; n == 0
  // returns `date`. Searches at most max_search_days days and then returns nullopt.
  std::optional<Date> add_business_days(Date date, int n) const;
  // Business days in [from, to], both included; 0 when to < from.
  int count_business_days(Date from, Date to) const;

  // The instant at which `duration_ms` (>= 0) of opening time have run since `from`. Exact at span
  // edges: a duration that ends exactly at closing ends then, not at the next opening. With
  // duration 0 returns `from`. nullopt if the hall does not open enough within max_search_days.
  std::optional<Instant> add_opening_time(Instant from, std::int64_t duration_ms) const;
  // Opening time that passes in [from, to).
  std::int64_t opening_time_between(Instant from, Instant to) const;

  static constexpr int max_search_days = 800;

 private:
  const HolidayCalendar* official_;
  const HallSchedule* schedule_;
};

}  // namespace yuanyue
