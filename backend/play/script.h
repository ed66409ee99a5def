// Plays what a stream holds.
#pragma once

#include <expected>
#include <iosfwd>
#include <string>

namespace yuanyue {

// Each answer is written before the next line is read. An error names the line.
std::expected<void, std::string> play_script(std::istream& in, std::ostream& out);

}  // namespace yuanyue
