#include "core/calendar/deadline.h"

namespace yuanyue {
namespace {

bool is_business_reason(DayReason reason) {
  return reason == DayReason::weekday || reason == DayReason::makeup_workday ||
         reason == DayReason::hall_extra_day;
}

// Walks back from the appointment day to the last day of the rule and shows every date on the way:
// on_step(date, status, number), where number is 0 for a date that did not count.
template <class OnStep>
std::optional<Date> find_last_day(const HallCalendar& calendar, Date appointment_day,
                                  const NoticeRule& rule, OnStep on_step) {
  const bool nothing_to_count = rule.business_days <= 0;
  int number = 0;
  for (int searched = 0; searched <= HallCalendar::max_search_days; ++searched) {
    const Date date = appointment_day - searched;
    const DayStatus status = calendar.day(date);
    const bool excluded = searched == 0 && rule.counting == Counting::exclude_appointment_day;
    const bool counted = status.is_business_day && !excluded && !nothing_to_count;
    if (counted) ++number;
    on_step(date, status, counted ? number : 0);
    const bool found = nothing_to_count ? status.is_business_day : number >= rule.business_days;
    if (found) return date;
  }
  return std::nullopt;
}

// A business day has hours, so the closing time is there.
Instant closing_instant(const HallCalendar& calendar, Date last_day, const NoticeRule& rule) {
  const TimeOfDay closing = calendar.closing_time(last_day).value_or(TimeOfDay{});
  return to_instant(last_day, rule.closes_at.value_or(closing));
}

}  // namespace

std::string_view reason_code(const Deadline& deadline, const DeadlineStep& step) {
  const bool excluded = step.date == deadline.appointment_day &&
                        deadline.rule.counting == Counting::exclude_appointment_day &&
                        deadline.rule.business_days > 0 && is_business_reason(step.reason);
  return excluded ? "appointment_day_not_counted" : reason_code(step.reason);
}

std::optional<Deadline> explain_deadline(const HallCalendar& calendar, Date appointment_day,
                                         const NoticeRule& rule) {
  Deadline deadline;
  deadline.appointment_day = appointment_day;
  deadline.rule = rule;
  const auto last_day = find_last_day(
      calendar, appointment_day, rule, [&](Date date, const DayStatus& status, int number) {
        deadline.provisional = deadline.provisional || status.provisional;
        deadline.steps.push_back({date, number > 0, number, status.reason, std::string(status.name),
                                  status.provisional});
      });
  if (!last_day) return std::nullopt;
  deadline.last_day = *last_day;
  deadline.closes_at = closing_instant(calendar, *last_day, rule);
  return deadline;
}

std::optional<Instant> deadline_closes_at(const HallCalendar& calendar, Date appointment_day,
                                          const NoticeRule& rule) {
  const auto last_day =
      find_last_day(calendar, appointment_day, rule, [](Date, const DayStatus&, int) {});
  if (!last_day) return std::nullopt;
  return closing_instant(calendar, *last_day, rule);
}

}  // namespace yuanyue
