// First passwords that are on the disk before their accounts exist: whatever becomes of the
// terminal or of the process, nobody's password is lost.
#pragma once

#include <expected>
#include <filesystem>
#include <string>
#include <vector>

#include "core/base/time.h"

namespace yuanyue {

struct FirstPassword {
  std::string user;
  std::string password;
  std::string enterprise_name;
};

// A CSV file for a spreadsheet (user,password,name; UTF-8 with BOM) in `folder`, flushed to the
// disk, mode 0600, of a name that was not there before. Cells that a spreadsheet would take for a
// formula begin with '. The error is a sentence.
std::expected<std::filesystem::path, std::string> write_first_passwords(
    const std::filesystem::path& folder, Instant now, const std::vector<FirstPassword>& passwords);

}  // namespace yuanyue
