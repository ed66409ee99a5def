// RFC 4180 records: quoted fields with commas, quotes and line breaks; LF or CRLF.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace yuanyue {

struct CsvRecord {
  std::size_t line = 0;  // where it starts, from 1
  std::vector<std::string> fields;
  bool is_malformed =
      false;  // a quote inside an unquoted field, text after a closing quote, or no closing one
};

// Blank lines are left out.
std::vector<CsvRecord> parse_csv(std::string_view text);

}  // namespace yuanyue
