#include "core/calendar/calendar_json.h"

#include <algorithm>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <set>
#include <utility>

#include <nlohmann/json.hpp>

namespace yuanyue {
namespace {

using Json = nlohmann::json;
using Failure = std::optional<CalendarJsonError>;
constexpr Failure success = std::nullopt;

Failure fail(std::string path, std::string_view code) {
  return CalendarJsonError{std::move(path), code};
}

std::string child(const std::string& path, std::string_view key) {
  std::string out = path + '/';
  for (const char c : key) {
    if (c == '~') {
      out += "~0";
    } else if (c == '/') {
      out += "~1";
    } else {
      out += c;
    }
  }
  return out;
}

// Length in bytes of the well-formed UTF-8 character at the front of `text`, or 0 (RFC 3629:
// shortest form, no surrogates, at most U+10FFFF).
std::size_t utf8_length(std::string_view text) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned lead = byte(0);
  if (lead < 0x80) return 1;
  if (lead < 0xC2 || lead > 0xF4) return 0;
  const std::size_t length = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
  if (text.size() < length) return 0;
  const unsigned second_min = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
  const unsigned second_max = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
  if (byte(1) < second_min || byte(1) > second_max) return 0;
  for (std::size_t i = 2; i < length; ++i) {
    if (byte(i) < 0x80 || byte(i) > 0xBF) return 0;
  }
  return length;
}

bool is_utf8(std::string_view text) {
  while (!text.empty()) {
    const std::size_t length = utf8_length(text);
    if (length == 0) return false;
    text.remove_prefix(length);
  }
  return true;
}

bool has_control_character(std::string_view text) {
  return std::any_of(text.begin(), text.end(),
                     [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; });
}

Failure check_fields(const Json& value, const std::string& path,
                     std::initializer_list<std::string_view> required,
                     std::initializer_list<std::string_view> optional) {
  if (!value.is_object()) return fail(path, "wrong_type");
  const auto has = [](const auto& list, std::string_view key) {
    return std::find(list.begin(), list.end(), key) != list.end();
  };
  for (const auto& item : value.items()) {
    if (!has(required, item.key()) && !has(optional, item.key())) {
      return fail(child(path, item.key()), "unknown_field");
    }
  }
  for (const std::string_view key : required) {
    if (!value.contains(key)) return fail(child(path, key), "missing_field");
  }
  return success;
}

Failure read_text(const Json& value, const std::string& path, std::size_t max_bytes,
                  std::string& out) {
  const auto* text = value.get_ptr<const std::string*>();
  if (text == nullptr) return fail(path, "wrong_type");
  if (text->size() > max_bytes) return fail(path, "too_long");
  if (!is_utf8(*text)) return fail(path, "not_utf8");
  if (has_control_character(*text)) return fail(path, "control_character");
  if (text->empty()) return fail(path, "empty");
  out = *text;
  return success;
}

Failure read_optional_text(const Json& object, std::string_view key, const std::string& path,
                           std::string& out) {
  const auto found = object.find(key);
  if (found == object.end()) return success;
  return read_text(*found, child(path, key), max_calendar_text_bytes, out);
}

// Exactly four digits, 1970..2199.
std::optional<int> parse_year(std::string_view text) {
  const auto first_day = parse_date(std::string(text) + "-01-01");
  if (!first_day) return std::nullopt;
  return to_year_month_day(*first_day).year;
}

Failure read_notice_year(const Json& object, int year, const std::string& path, int& out) {
  const auto found = object.find("notice_year");
  if (found == object.end()) return success;
  const std::string place = child(path, "notice_year");
  std::string text;
  if (auto failure = read_text(*found, place, 4, text)) return failure;
  const auto notice_year = parse_year(text);
  if (!notice_year || (*notice_year != year - 1 && *notice_year != year + 1)) {
    return fail(place, "bad_year");
  }
  out = *notice_year;
  return success;
}

Failure read_day(const Json& value, int year, const std::string& path, OfficialDay& day) {
  if (auto failure = check_fields(value, path, {"date", "name"}, {"notice_year", "note"})) {
    return failure;
  }
  const std::string date_path = child(path, "date");
  std::string text;
  if (auto failure = read_text(value["date"], date_path, 10, text)) return failure;
  const auto date = parse_date(text);
  if (!date) return fail(date_path, "bad_date");
  if (to_year_month_day(*date).year != year) return fail(date_path, "date_outside_year");
  day.date = *date;
  if (auto failure = read_text(value["name"], child(path, "name"), max_day_name_bytes, day.name)) {
    return failure;
  }
  if (auto failure = read_notice_year(value, year, path, day.notice_year)) return failure;
  return read_optional_text(value, "note", path, day.note);
}

Failure read_days(const Json& value, int year, const std::string& path,
                  std::vector<OfficialDay>& days) {
  if (!value.is_array()) return fail(path, "wrong_type");
  if (value.size() > max_calendar_days) return fail(path, "too_many");
  for (std::size_t i = 0; i < value.size(); ++i) {
    const std::string place = child(path, std::to_string(i));
    OfficialDay day;
    if (auto failure = read_day(value[i], year, place, day)) return failure;
    if (!days.empty() && day.date == days.back().date) {
      return fail(child(place, "date"), "duplicate_date");
    }
    if (!days.empty() && day.date < days.back().date) {
      return fail(child(place, "date"), "not_ascending");
    }
    days.push_back(std::move(day));
  }
  return success;
}

Failure check_work_days(const CalendarYear& year, const std::string& path) {
  for (std::size_t i = 0; i < year.work.size(); ++i) {
    const OfficialDay& day = year.work[i];
    const std::string place = child(child(path, std::to_string(i)), "date");
    const bool is_off =
        std::any_of(year.off.begin(), year.off.end(),
                    [&](const OfficialDay& other) { return other.date == day.date; });
    if (is_off) return fail(place, "off_and_work");
    // A weekday is worked anyway; a notice that says so once (2020) needs the editor's note, so
    // that a wrong date is not taken for it.
    if (!is_weekend(weekday_of(day.date)) && day.note.empty())
      return fail(place, "work_on_weekday");
  }
  return success;
}

Failure read_papers(const Json& object, const std::string& path, std::vector<std::string>& papers) {
  const auto found = object.find("paper");
  if (found == object.end()) return success;
  const std::string list_path = child(path, "paper");
  if (!found->is_array()) return fail(list_path, "wrong_type");
  if (found->size() > max_calendar_papers) return fail(list_path, "too_many");
  for (std::size_t i = 0; i < found->size(); ++i) {
    const std::string place = child(list_path, std::to_string(i));
    std::string address;
    if (auto failure = read_text((*found)[i], place, max_calendar_text_bytes, address)) {
      return failure;
    }
    // It is shown as a link, so nothing but the web.
    if (!address.starts_with("https://") && !address.starts_with("http://")) {
      return fail(place, "bad_address");
    }
    papers.push_back(std::move(address));
  }
  return success;
}

Failure read_year(const Json& value, const std::string& path, CalendarYear& year) {
  if (auto failure = check_fields(value, path, {"off", "work"}, {"paper", "pending"})) {
    return failure;
  }
  if (auto failure = read_papers(value, path, year.papers)) return failure;
  const std::string off_path = child(path, "off");
  if (auto failure = read_days(value["off"], year.year, off_path, year.off)) return failure;
  // No notice is without a holiday, and an empty one would pass for final.
  if (year.off.empty()) return fail(off_path, "empty");
  const std::string work_path = child(path, "work");
  if (auto failure = read_days(value["work"], year.year, work_path, year.work)) return failure;
  if (auto failure = check_work_days(year, work_path)) return failure;
  return read_optional_text(value, "pending", path, year.pending);
}

Failure read_file(const Json& value, CalendarFile& file) {
  if (auto failure = check_fields(value, "", {"years"}, {"source"})) return failure;
  if (auto failure = read_optional_text(value, "source", "", file.source)) return failure;
  const Json& years = value["years"];
  if (!years.is_object()) return fail("/years", "wrong_type");
  if (years.empty()) return fail("/years", "empty");
  for (const auto& item : years.items()) {
    const std::string place = child("/years", item.key());
    const auto number = parse_year(item.key());
    if (!number) return fail(place, "bad_year");
    CalendarYear year;
    year.year = *number;
    if (auto failure = read_year(item.value(), place, year)) return failure;
    file.years.emplace(*number, std::move(year));
  }
  return success;
}

// Parses without exceptions; the parser itself would silently let the last of equal keys win.
std::expected<Json, CalendarJsonError> parse(std::string_view text) {
  if (text.size() > max_calendar_file_bytes)
    return std::unexpected(CalendarJsonError{"", "too_large"});
  if (!is_utf8(text)) return std::unexpected(CalendarJsonError{"", "not_utf8"});
  std::vector<std::set<std::string>> open_objects;
  bool has_duplicate = false;
  const auto on_event = [&](int, Json::parse_event_t event, Json& parsed) {
    if (event == Json::parse_event_t::object_start) open_objects.emplace_back();
    if (event == Json::parse_event_t::object_end) open_objects.pop_back();
    if (event == Json::parse_event_t::key) {
      has_duplicate |= !open_objects.back().insert(*parsed.get_ptr<std::string*>()).second;
    }
    return true;
  };
  Json value = Json::parse(text, on_event, false);
  if (value.is_discarded()) return std::unexpected(CalendarJsonError{"", "not_json"});
  if (has_duplicate) return std::unexpected(CalendarJsonError{"", "duplicate_key"});
  return value;
}

std::string quoted(const std::string& text) {
  return Json(text).dump(-1, ' ', false, Json::error_handler_t::replace);
}

std::string encode_day(const OfficialDay& day) {
  std::string out =
      R"({"date": )" + quoted(to_string(day.date)) + R"(, "name": )" + quoted(day.name);
  if (day.notice_year != 0) out += R"(, "notice_year": )" + quoted(std::to_string(day.notice_year));
  if (!day.note.empty()) out += R"(, "note": )" + quoted(day.note);
  return out + "}";
}

template <class Row, class Encode>
std::string encode_rows(const std::vector<Row>& rows, Encode encode) {
  if (rows.empty()) return "[]";
  std::string out = "[";
  for (std::size_t i = 0; i < rows.size(); ++i) {
    out += (i == 0 ? "\n    " : ",\n    ") + encode(rows[i]);
  }
  return out + "\n   ]";
}

std::string encode_year_text(const CalendarYear& year) {
  std::string out = "{\n   \"paper\": " + encode_rows(year.papers, quoted);
  out += ",\n   \"off\": " + encode_rows(year.off, encode_day);
  out += ",\n   \"work\": " + encode_rows(year.work, encode_day);
  if (!year.pending.empty()) out += ",\n   \"pending\": " + quoted(year.pending);
  return out + "\n  }";
}

}  // namespace

std::expected<CalendarFile, CalendarJsonError> decode_calendar_file(std::string_view text) {
  const auto value = parse(text);
  if (!value) return std::unexpected(value.error());
  CalendarFile file;
  if (auto failure = read_file(*value, file)) return std::unexpected(std::move(*failure));
  return file;
}

std::expected<CalendarYear, CalendarJsonError> decode_calendar_year(int year,
                                                                    std::string_view text) {
  const auto value = parse(text);
  if (!value) return std::unexpected(value.error());
  return decode_calendar_year(year, *value);
}

std::expected<CalendarYear, CalendarJsonError> decode_calendar_year(int year, const Json& value) {
  if (!parse_year(std::to_string(year))) return std::unexpected(CalendarJsonError{"", "bad_year"});
  CalendarYear out;
  out.year = year;
  if (auto failure = read_year(value, "", out)) return std::unexpected(std::move(*failure));
  return out;
}

std::string encode_calendar_file(const CalendarFile& file) {
  std::string out = "{\n";
  if (!file.source.empty()) out += " \"source\": " + quoted(file.source) + ",\n";
  out += " \"years\": {";
  bool first = true;
  for (const auto& [number, year] : file.years) {
    out += first ? "\n  " : ",\n  ";
    first = false;
    out += quoted(std::to_string(number)) + ": " + encode_year_text(year);
  }
  return out + "\n }\n}\n";
}

Json encode_calendar_year(const CalendarYear& year) {
  return Json::parse(encode_year_text(year), nullptr, false);
}

}  // namespace yuanyue
