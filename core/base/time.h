// Instants, dates and times of day. The park's zone is Asia/Shanghai: UTC+8, no daylight saving.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace yuanyue {

inline constexpr std::int64_t ms_per_second = 1'000;
inline constexpr std::int64_t ms_per_minute = 60 * ms_per_second;
inline constexpr std::int64_t ms_per_hour = 60 * ms_per_minute;
inline constexpr std::int64_t ms_per_day = 24 * ms_per_hour;
inline constexpr std::int64_t shanghai_offset_ms = 8 * ms_per_hour;

// UTC milliseconds since 1970-01-01T00:00:00Z.
struct Instant {
  std::int64_t ms = 0;
  auto operator<=>(const Instant&) const = default;
};
inline constexpr Instant never{INT64_MAX};

constexpr Instant operator+(Instant at, std::int64_t duration_ms) { return {at.ms + duration_ms}; }
constexpr Instant operator-(Instant at, std::int64_t duration_ms) { return {at.ms - duration_ms}; }
constexpr std::int64_t operator-(Instant later, Instant earlier) { return later.ms - earlier.ms; }

enum class Weekday : std::uint8_t {
  monday,
  tuesday,
  wednesday,
  thursday,
  friday,
  saturday,
  sunday
};
constexpr bool is_weekend(Weekday day) { return day >= Weekday::saturday; }

struct YearMonthDay {
  int year = 1970;
  int month = 1;  // 1..12
  int day = 1;    // 1..31
  auto operator<=>(const YearMonthDay&) const = default;
};

// A day of the proleptic Gregorian calendar, without a zone.
struct Date {
  std::int32_t days = 0;  // since 1970-01-01
  auto operator<=>(const Date&) const = default;
};

constexpr Date operator+(Date date, int days) { return {date.days + days}; }
constexpr Date operator-(Date date, int days) { return {date.days - days}; }
constexpr int operator-(Date later, Date earlier) { return later.days - earlier.days; }

// Requires a valid year-month-day (is_valid).
Date to_date(YearMonthDay ymd);
YearMonthDay to_year_month_day(Date date);
bool is_valid(YearMonthDay ymd);
bool is_leap_year(int year);
int days_in_month(int year, int month);
constexpr Weekday weekday_of(Date date) {
  // 1970-01-01 was a Thursday.
  const int shifted = (date.days % 7 + 7 + 3) % 7;
  return static_cast<Weekday>(shifted);
}

// Minutes after midnight, 0..1440 (1440 is the end of the day).
struct TimeOfDay {
  std::int16_t minutes = 0;
  auto operator<=>(const TimeOfDay&) const = default;
};
inline constexpr std::int16_t minutes_per_day = 24 * 60;

// Half-open span [start, end) of one day.
struct TimeSpan {
  TimeOfDay start;
  TimeOfDay end;
  auto operator<=>(const TimeSpan&) const = default;
};
constexpr bool overlaps(TimeSpan a, TimeSpan b) { return a.start < b.end && b.start < a.end; }

// In the park's zone.
Instant to_instant(Date date, TimeOfDay time);
Date date_of(Instant at);
TimeOfDay time_of_day(Instant at);  // rounded down to the minute

// "2026-11-25". parse_* accept exactly the printed form, years 1970..2199.
std::string to_string(Date date);
std::optional<Date> parse_date(std::string_view text);
// "09:00"; "24:00" is the end of the day.
std::string to_string(TimeOfDay time);
std::optional<TimeOfDay> parse_time_of_day(std::string_view text);
// RFC 3339 in the park's zone, "2026-11-23T09:00:00+08:00"; milliseconds only when not zero.
// Parsing accepts any offset or Z.
std::string to_string(Instant at);
std::optional<Instant> parse_instant(std::string_view text);

}  // namespace yuanyue
