// Until when an appointment may be changed, and why.
//
// Source: docs/rules.md "Business days and deadlines". The park's own example: for a Wednesday
// appointment with 3 business days, Monday is the last day, so the appointment day counts by
// default.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/calendar/hall_calendar.h"

namespace yuanyue {

enum class Counting : std::uint8_t {
  include_appointment_day,  // the park's reading: the appointment day is number 1
  exclude_appointment_day,  // the civil-law reading
};

struct NoticeRule {
  // 0..60; 0: until closes_at of the appointment day, or of the business day before it if the hall
  // is shut on the appointment day.
  int business_days = 3;
  Counting counting = Counting::include_appointment_day;
  std::optional<TimeOfDay> closes_at;  // default: the hall's closing time of that day
  bool operator==(const NoticeRule&) const = default;
};

// One date stepped over, from the appointment day backwards.
struct DeadlineStep {
  Date date;
  bool counted = false;
  int number = 0;  // 1.. when counted
  DayReason reason = DayReason::weekday;
  std::string name;  // the holiday's or closure's name, if any
  bool provisional = false;
  bool operator==(const DeadlineStep&) const = default;
};

struct Deadline {
  Date appointment_day;
  NoticeRule rule;
  Date last_day;
  Instant closes_at;  // the change must be decided before this instant
  bool provisional = false;
  std::vector<DeadlineStep> steps;  // appointment day first, last_day last
  bool operator==(const Deadline&) const = default;
};

// Why the step counted or not: reason_code(step.reason), or "appointment_day_not_counted" for an
// appointment day that would count if the rule did not exclude it. Stable, for JSON and texts.
std::string_view reason_code(const Deadline& deadline, const DeadlineStep& step);

// nullopt only when the hall has no such business day within HallCalendar::max_search_days.
std::optional<Deadline> explain_deadline(const HallCalendar& calendar, Date appointment_day,
                                         const NoticeRule& rule);
// The same closing instant without the explanation; no allocation.
std::optional<Instant> deadline_closes_at(const HallCalendar& calendar, Date appointment_day,
                                          const NoticeRule& rule);

}  // namespace yuanyue
