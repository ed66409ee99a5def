// Which encoding a text file has that should be UTF-8: spreadsheet programs in China save "CSV" as
// GBK, and "Unicode text" as UTF-16.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace yuanyue {

// The name of the other encoding that the file most likely has; nullopt: UTF-8, or UTF-8 with
// single bad lines, or nothing known.
std::optional<std::string> other_encoding(std::string_view bytes);

// Every byte belongs to a character of GBK or GB 18030.
bool is_gbk(std::string_view bytes);

}  // namespace yuanyue
