// Values in the query of a request and in cookies and cursors: printed in one way only, and read
// only so. Private to core/protocol.
#pragma once

#include <charconv>
#include <cstdint>
#include <iterator>
#include <optional>
#include <string>
#include <string_view>

#include "core/wire/decode_error.h"

namespace yuanyue::wire {

// Without sign, leading zeros or anything around it.
template <class Integer>
std::optional<Integer> parse_integer(std::string_view text, int base) {
  Integer value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value, base);
  if (error != std::errc() || end != text.data() + text.size() || value < 0) return std::nullopt;
  if (text.size() > 1 && text.front() == '0') return std::nullopt;
  for (const char c : text) {
    if (c == '-' || (c >= 'A' && c <= 'F')) return std::nullopt;
  }
  return value;
}

inline void append_hex(std::string& out, std::uint64_t value) {
  char digits[16];
  const auto [end, error] = std::to_chars(std::begin(digits), std::end(digits), value, 16);
  out.append(digits, end);
}

template <class Value>
Decoded<Value> query_error(DecodeErrorCode code, std::string_view field) {
  return std::unexpected(DecodeError{code, std::string(field), ""});
}

// Anything but these is percent-encoded.
inline bool is_plain_in_query(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
         c == '.' || c == '_';
}

inline void append_query_value(std::string& out, std::string_view value) {
  constexpr std::string_view digits = "0123456789ABCDEF";
  for (const char c : value) {
    if (is_plain_in_query(c)) {
      out += c;
      continue;
    }
    out += '%';
    out += digits[static_cast<unsigned char>(c) >> 4];
    out += digits[c & 0xF];
  }
}

}  // namespace yuanyue::wire
