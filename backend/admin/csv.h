// CSV records of one line each (RFC 4180 without line breaks in fields): quoted fields with commas
// and quotes; LF or CRLF. A quote that is never closed costs its own line and no other.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace yuanyue {

enum class CsvFault : std::uint8_t {
  none,
  stray_quote,    // within an unquoted field, or with text after it
  unclosed_quote  // up to the end of the line
};

struct CsvRecord {
  std::size_t line = 0;  // from 1
  std::vector<std::string> fields;
  CsvFault fault = CsvFault::none;
};

// Blank lines are left out.
std::vector<CsvRecord> parse_csv(std::string_view text);

}  // namespace yuanyue
