#include "backend/admin/text_encoding.h"

#include <algorithm>

#include "core/wire/json.h"

namespace yuanyue {

namespace {

bool is_ascii(std::string_view line) {
  return std::ranges::all_of(line, [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

// Few Chinese lines are sound in both encodings, so what most lines are tells the file's.
bool most_lines_are_no_utf8(std::string_view bytes) {
  std::size_t sound = 0;
  std::size_t broken = 0;
  while (!bytes.empty()) {
    const std::size_t end = bytes.find('\n');
    const std::string_view line = bytes.substr(0, end);
    bytes.remove_prefix(end == std::string_view::npos ? bytes.size() : end + 1);
    if (is_ascii(line)) continue;
    ++(wire::is_utf8(line) ? sound : broken);
  }
  return broken > sound;
}

}  // namespace

bool is_gbk(std::string_view bytes) {
  const auto byte = [&](std::size_t i) {
    return i < bytes.size() ? static_cast<unsigned char>(bytes[i]) : 0U;
  };
  const auto within = [](unsigned value, unsigned low, unsigned high) {
    return low <= value && value <= high;
  };
  for (std::size_t i = 0; i < bytes.size();) {
    const unsigned lead = byte(i);
    const unsigned second = byte(i + 1);
    if (lead <= 0x80) {
      i += 1;
    } else if (lead == 0xFF) {
      return false;
    } else if (within(second, 0x40, 0xFE) && second != 0x7F) {
      i += 2;
    } else if (within(second, 0x30, 0x39) && within(byte(i + 2), 0x81, 0xFE) &&
               within(byte(i + 3), 0x30, 0x39)) {
      i += 4;
    } else {
      return false;
    }
  }
  return true;
}

std::optional<std::string> other_encoding(std::string_view bytes) {
  if (bytes.starts_with("\xFF\xFE") || bytes.starts_with("\xFE\xFF")) return "UTF-16";
  if (wire::is_utf8(bytes)) return std::nullopt;
  if (is_gbk(bytes) && most_lines_are_no_utf8(bytes)) return "GBK";
  return std::nullopt;
}

}  // namespace yuanyue
