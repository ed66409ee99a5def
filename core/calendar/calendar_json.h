// The file format of official calendars (assets/calendars/cn_holidays.json), decoded strictly.
//
//   {"source": "…", "years": {"2026": {
//     "paper": ["https://…"],                                    addresses of the notices
//     "off":  [{"date": "2026-01-01", "name": "元旦"}, …],        ascending, at least one
//     "work": [{"date": "2026-01-04", "name": "元旦"}, …],        ascending, weekend days
//     "pending": "…"}}}                                          optional
//
// A day may carry "notice_year": "2025" (the year before or after, whose notice set it) and "note".
// A work day on a weekday, which changes nothing, must carry a note. "source" and "paper" may be
// missing. Anything else is refused with the place and a stable code; nothing is read of a refused
// file.
#pragma once

#include <cstddef>
#include <expected>
#include <map>
#include <string>
#include <string_view>

#include <nlohmann/json_fwd.hpp>

#include "core/calendar/holiday_calendar.h"

namespace yuanyue {

inline constexpr std::size_t max_calendar_file_bytes = 1 << 20;
inline constexpr std::size_t max_calendar_days = 128;  // off, work: entries each
inline constexpr std::size_t max_calendar_papers = 16;
inline constexpr std::size_t max_day_name_bytes = 64;
inline constexpr std::size_t max_calendar_text_bytes = 1024;  // source, pending, note, address

struct CalendarJsonError {
  std::string path;       // JSON pointer, "/years/2026/off/3/date"; empty: the whole text
  std::string_view code;  // a literal: too_large, not_utf8, not_json, duplicate_key, unknown_field,
                          // missing_field, wrong_type, too_many, too_long, empty,
                          // control_character, bad_year, bad_date, bad_address, date_outside_year,
                          // duplicate_date, not_ascending, off_and_work, work_on_weekday
  bool operator==(const CalendarJsonError&) const = default;
};

struct CalendarFile {
  std::string source;  // where the data comes from and its licence
  std::map<int, CalendarYear> years;
  bool operator==(const CalendarFile&) const = default;
};

std::expected<CalendarFile, CalendarJsonError> decode_calendar_file(std::string_view text);
// The value under one year's key; paths start at that value.
std::expected<CalendarYear, CalendarJsonError> decode_calendar_year(int year,
                                                                    std::string_view text);
std::expected<CalendarYear, CalendarJsonError> decode_calendar_year(int year,
                                                                    const nlohmann::json& value);

// Encoding is canonical: one day per line, fields in the order above. Requires valid years.
std::string encode_calendar_file(const CalendarFile& file);
nlohmann::json encode_calendar_year(const CalendarYear& year);

}  // namespace yuanyue
