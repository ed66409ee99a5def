#include "web/app/format.h"

#include <algorithm>

namespace yuanyue::web::app {
namespace {

std::string two_digits(int value) {
  return value < 10 ? "0" + std::to_string(value) : std::to_string(value);
}

constexpr std::int64_t minutes_in(std::int64_t duration_ms) { return duration_ms / ms_per_minute; }

}  // namespace

std::string number(std::int64_t value) { return std::to_string(value); }

std::string Format::weekday(Date date) const {
  return texts_.t("format.weekday." + number(static_cast<int>(weekday_of(date)) + 1));
}

std::string Format::weekday_short(Date date) const {
  return texts_.t("format.weekday_short." + number(static_cast<int>(weekday_of(date)) + 1));
}

std::string Format::day(Date date) const {
  const YearMonthDay ymd = to_year_month_day(date);
  const std::string month = texts_.t("format.month." + number(ymd.month));
  const std::string weekday_text = weekday(date);
  const std::string day_text = number(ymd.day);
  if (ymd.year == to_year_month_day(date_of(now_)).year) {
    return texts_.t("format.day", {{"month", month}, {"day", day_text}, {"weekday", weekday_text}});
  }
  return texts_.t(
      "format.day_with_year",
      {{"year", number(ymd.year)}, {"month", month}, {"day", day_text}, {"weekday", weekday_text}});
}

std::string Format::time(TimeOfDay time) const {
  return number(time.minutes / 60) + ":" + two_digits(time.minutes % 60);
}

std::string Format::span(TimeOfDay start, TimeOfDay end) const {
  return time(start) + "–" + time(end);
}

std::string Format::block(const BlockKey& key, TimeOfDay end) const {
  return texts_.t("format.day_and_time", {{"day", day(key.date)}, {"time", span(key.start, end)}});
}

std::string Format::block_start(const BlockKey& key) const {
  return texts_.t("format.day_and_time", {{"day", day(key.date)}, {"time", time(key.start)}});
}

std::string Format::moment(Instant at) const {
  return texts_.t("format.day_and_time",
                  {{"day", day(date_of(at))}, {"time", time(time_of_day(at))}});
}

std::string Format::month(int year, int month) const {
  return texts_.t("format.year_and_month",
                  {{"year", number(year)}, {"month", texts_.t("format.month." + number(month))}});
}

std::string Format::duration(std::int64_t duration_ms) const {
  const std::int64_t ms = std::max<std::int64_t>(0, duration_ms);
  const std::string days = number(ms / ms_per_day);
  const std::string hours = number(ms % ms_per_day / ms_per_hour);
  const std::string minutes = number(minutes_in(ms % ms_per_hour));
  if (ms >= ms_per_day) {
    if (ms % ms_per_day < ms_per_hour) return texts_.t("format.days", {{"days", days}});
    return texts_.t("format.days_hours", {{"days", days}, {"hours", hours}});
  }
  if (ms >= ms_per_hour) {
    if (ms % ms_per_hour < ms_per_minute) return texts_.t("format.hours", {{"hours", hours}});
    return texts_.t("format.hours_minutes", {{"hours", hours}, {"minutes", minutes}});
  }
  if (ms < ms_per_minute) return texts_.t("format.under_a_minute");
  return texts_.t("format.minutes", {{"minutes", minutes}});
}

std::string Format::remaining(Instant until) const {
  return texts_.t("format.remaining", {{"duration", duration(until - now_)}});
}

std::string Format::ago(Instant at) const {
  const std::int64_t ms = now_ - at;
  if (ms < ms_per_minute) return texts_.t("format.just_now");
  // One unit is enough for the past.
  const std::int64_t unit = ms >= ms_per_day ? ms_per_day : ms >= ms_per_hour ? ms_per_hour : 1;
  return texts_.t("format.ago", {{"duration", duration(ms - ms % unit)}});
}

}  // namespace yuanyue::web::app
