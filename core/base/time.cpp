#include "core/base/time.h"

#include <array>

namespace yuanyue {
namespace {

constexpr int first_year = 1970;
constexpr int last_year = 2199;

std::int64_t floor_divide(std::int64_t value, std::int64_t divisor) {
  const std::int64_t quotient = value / divisor;
  return (value % divisor < 0) ? quotient - 1 : quotient;
}

// Reads exactly `length` digits at `position` and moves on.
std::optional<int> take_digits(std::string_view text, std::size_t& position, std::size_t length) {
  if (text.size() < position + length) return std::nullopt;
  int value = 0;
  for (std::size_t i = 0; i < length; ++i) {
    const char c = text[position + i];
    if (c < '0' || c > '9') return std::nullopt;
    value = value * 10 + (c - '0');
  }
  position += length;
  return value;
}

bool take(std::string_view text, std::size_t& position, char expected) {
  if (position >= text.size() || text[position] != expected) return false;
  ++position;
  return true;
}

void append_padded(std::string& out, int value, int width) {
  std::array<char, 12> digits{};
  int count = 0;
  do {
    digits[static_cast<std::size_t>(count++)] = static_cast<char>('0' + value % 10);
    value /= 10;
  } while (value > 0);
  for (int i = count; i < width; ++i) out.push_back('0');
  while (count > 0) out.push_back(digits[static_cast<std::size_t>(--count)]);
}

std::optional<Date> take_date(std::string_view text, std::size_t& position) {
  const auto year = take_digits(text, position, 4);
  if (!year || !take(text, position, '-')) return std::nullopt;
  const auto month = take_digits(text, position, 2);
  if (!month || !take(text, position, '-')) return std::nullopt;
  const auto day = take_digits(text, position, 2);
  if (!day) return std::nullopt;
  const YearMonthDay ymd{*year, *month, *day};
  if (*year < first_year || *year > last_year || !is_valid(ymd)) return std::nullopt;
  return to_date(ymd);
}

// The offset in milliseconds east of UTC.
std::optional<std::int64_t> take_offset(std::string_view text, std::size_t& position) {
  if (take(text, position, 'Z')) return 0;
  const bool west = position < text.size() && text[position] == '-';
  if (!west && (position >= text.size() || text[position] != '+')) return std::nullopt;
  ++position;
  const auto hours = take_digits(text, position, 2);
  if (!hours || !take(text, position, ':')) return std::nullopt;
  const auto minutes = take_digits(text, position, 2);
  if (!minutes || *hours > 14 || *minutes > 59) return std::nullopt;
  const std::int64_t offset = *hours * ms_per_hour + *minutes * ms_per_minute;
  return west ? -offset : offset;
}

}  // namespace

bool is_leap_year(int year) { return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0; }

int days_in_month(int year, int month) {
  constexpr std::array<int, 12> lengths{31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  if (month == 2 && is_leap_year(year)) return 29;
  return lengths[static_cast<std::size_t>(month - 1)];
}

bool is_valid(YearMonthDay ymd) {
  return ymd.month >= 1 && ymd.month <= 12 && ymd.day >= 1 &&
         ymd.day <= days_in_month(ymd.year, ymd.month);
}

// Counting the year from March puts the leap day last, so that months have fixed offsets.
Date to_date(YearMonthDay ymd) {
  const int year = ymd.month <= 2 ? ymd.year - 1 : ymd.year;
  const auto era = static_cast<int>(floor_divide(year, 400));
  const int year_of_era = year - era * 400;
  const int month_from_march = (ymd.month + 9) % 12;
  const int day_of_year = (153 * month_from_march + 2) / 5 + ymd.day - 1;
  const int day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
  constexpr int days_per_era = 146'097;
  constexpr int epoch_offset = 719'468;  // 0000-03-01 to 1970-01-01
  return {era * days_per_era + day_of_era - epoch_offset};
}

YearMonthDay to_year_month_day(Date date) {
  constexpr int days_per_era = 146'097;
  const int shifted = date.days + 719'468;
  const auto era = static_cast<int>(floor_divide(shifted, days_per_era));
  const int day_of_era = shifted - era * days_per_era;
  const int year_of_era =
      (day_of_era - day_of_era / 1'460 + day_of_era / 36'524 - day_of_era / 146'096) / 365;
  const int day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  const int month_from_march = (5 * day_of_year + 2) / 153;
  const int day = day_of_year - (153 * month_from_march + 2) / 5 + 1;
  const int month = month_from_march < 10 ? month_from_march + 3 : month_from_march - 9;
  return {year_of_era + era * 400 + (month <= 2 ? 1 : 0), month, day};
}

Instant to_instant(Date date, TimeOfDay time) {
  return {date.days * ms_per_day + time.minutes * ms_per_minute - shanghai_offset_ms};
}

Date date_of(Instant at) {
  return {static_cast<std::int32_t>(floor_divide(at.ms + shanghai_offset_ms, ms_per_day))};
}

TimeOfDay time_of_day(Instant at) {
  const std::int64_t local_ms = at.ms + shanghai_offset_ms;
  const std::int64_t within_day = local_ms - floor_divide(local_ms, ms_per_day) * ms_per_day;
  return {static_cast<std::int16_t>(within_day / ms_per_minute)};
}

std::string to_string(Date date) {
  const YearMonthDay ymd = to_year_month_day(date);
  std::string out;
  out.reserve(10);
  append_padded(out, ymd.year, 4);
  out.push_back('-');
  append_padded(out, ymd.month, 2);
  out.push_back('-');
  append_padded(out, ymd.day, 2);
  return out;
}

std::optional<Date> parse_date(std::string_view text) {
  std::size_t position = 0;
  const auto date = take_date(text, position);
  if (!date || position != text.size()) return std::nullopt;
  return date;
}

std::string to_string(TimeOfDay time) {
  std::string out;
  out.reserve(5);
  append_padded(out, time.minutes / 60, 2);
  out.push_back(':');
  append_padded(out, time.minutes % 60, 2);
  return out;
}

std::optional<TimeOfDay> parse_time_of_day(std::string_view text) {
  std::size_t position = 0;
  const auto hours = take_digits(text, position, 2);
  if (!hours || !take(text, position, ':')) return std::nullopt;
  const auto minutes = take_digits(text, position, 2);
  if (!minutes || position != text.size() || *minutes > 59) return std::nullopt;
  const int total = *hours * 60 + *minutes;
  if (total > minutes_per_day) return std::nullopt;
  return TimeOfDay{static_cast<std::int16_t>(total)};
}

std::string to_string(Instant at) {
  const std::int64_t local_ms = at.ms + shanghai_offset_ms;
  const std::int64_t day = floor_divide(local_ms, ms_per_day);
  const auto within_day_ms = static_cast<int>(local_ms - day * ms_per_day);
  std::string out = to_string(Date{static_cast<std::int32_t>(day)});
  out.push_back('T');
  append_padded(out, within_day_ms / static_cast<int>(ms_per_hour), 2);
  out.push_back(':');
  append_padded(out, within_day_ms / static_cast<int>(ms_per_minute) % 60, 2);
  out.push_back(':');
  append_padded(out, within_day_ms / static_cast<int>(ms_per_second) % 60, 2);
  if (const int ms = within_day_ms % static_cast<int>(ms_per_second); ms != 0) {
    out.push_back('.');
    append_padded(out, ms, 3);
  }
  out += "+08:00";
  return out;
}

std::optional<Instant> parse_instant(std::string_view text) {
  std::size_t position = 0;
  const auto date = take_date(text, position);
  if (!date || !take(text, position, 'T')) return std::nullopt;
  const auto hours = take_digits(text, position, 2);
  if (!hours || *hours > 23 || !take(text, position, ':')) return std::nullopt;
  const auto minutes = take_digits(text, position, 2);
  if (!minutes || *minutes > 59 || !take(text, position, ':')) return std::nullopt;
  const auto seconds = take_digits(text, position, 2);
  if (!seconds || *seconds > 59) return std::nullopt;
  int ms = 0;
  if (take(text, position, '.')) {
    const auto fraction = take_digits(text, position, 3);
    if (!fraction) return std::nullopt;
    ms = *fraction;
  }
  const auto offset_ms = take_offset(text, position);
  if (!offset_ms || position != text.size()) return std::nullopt;
  const Instant at{date->days * ms_per_day + *hours * ms_per_hour + *minutes * ms_per_minute +
                   *seconds * ms_per_second + ms - *offset_ms};
  // In the park's zone it may be another day, even of a year beyond those that are printed.
  const int year = to_year_month_day(date_of(at)).year;
  if (year < first_year || year > last_year) return std::nullopt;
  return at;
}

}  // namespace yuanyue
