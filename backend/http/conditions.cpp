#include "backend/http/conditions.h"

#include <array>
#include <cstdio>
#include <ctime>

namespace yuanyue {

namespace {

std::string_view without_weakness(std::string_view tag) {
  return tag.starts_with("W/") ? tag.substr(2) : tag;
}

}  // namespace

std::string http_date(std::chrono::system_clock::time_point at) {
  constexpr std::array<const char*, 7> days = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
  constexpr std::array<const char*, 12> months = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                  "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  const std::time_t seconds = std::chrono::system_clock::to_time_t(at);
  std::tm parts{};
  ::gmtime_r(&seconds, &parts);
  std::array<char, 64> text{};
  std::snprintf(text.data(), text.size(), "%s, %02d %s %04d %02d:%02d:%02d GMT",
                days[static_cast<std::size_t>(parts.tm_wday)], parts.tm_mday,
                months[static_cast<std::size_t>(parts.tm_mon)], parts.tm_year + 1900, parts.tm_hour,
                parts.tm_min, parts.tm_sec);
  return text.data();
}

bool names_tag(std::string_view if_none_match, std::string_view tag) {
  const std::string_view wanted = without_weakness(tag);
  std::string_view rest = if_none_match;
  while (!rest.empty()) {
    const char c = rest.front();
    if (c == ' ' || c == '\t' || c == ',') {
      rest.remove_prefix(1);
      continue;
    }
    if (c == '*') return true;
    if (rest.starts_with("W/")) rest.remove_prefix(2);
    // A comma may stand in a tag: it ends with the quote.
    const auto end = rest.starts_with('"') ? rest.find('"', 1) : std::string_view::npos;
    if (end == std::string_view::npos) return false;  // no list of tags
    if (rest.substr(0, end + 1) == wanted) return true;
    rest.remove_prefix(end + 1);
  }
  return false;
}

}  // namespace yuanyue
