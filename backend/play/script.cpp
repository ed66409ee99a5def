#include "backend/play/script.h"

#include <istream>
#include <ostream>
#include <streambuf>

#include "backend/play/player.h"

namespace yuanyue {
namespace {

enum class Read { line, end, too_long };

// std::getline would take a line of any length into memory.
Read read_line(std::streambuf& in, std::string& line) {
  using Traits = std::streambuf::traits_type;
  line.clear();
  while (true) {
    const auto next = in.sbumpc();
    if (Traits::eq_int_type(next, Traits::eof())) return line.empty() ? Read::end : Read::line;
    const char c = Traits::to_char_type(next);
    if (c == '\n') return Read::line;
    if (line.size() == max_play_line_bytes) return Read::too_long;
    line += c;
  }
}

}  // namespace

std::expected<void, std::string> play_script(std::istream& in, std::ostream& out) {
  Player player;
  std::string line;
  for (std::size_t number = 1;; ++number) {
    const std::string where = "Line " + std::to_string(number) + ": ";
    const Read read = read_line(*in.rdbuf(), line);
    if (read == Read::end) return {};
    if (read == Read::too_long) {
      return std::unexpected(where + "longer than " + std::to_string(max_play_line_bytes) +
                             " bytes.");
    }
    if (number > max_play_lines) {
      return std::unexpected(where + "a script has at most " + std::to_string(max_play_lines) +
                             " lines.");
    }
    const auto answer = player.play(line);
    if (!answer) return std::unexpected(where + answer.error() + ".");
    if (answer->empty()) continue;
    out << *answer << '\n';
    if (!out) return std::unexpected(where + "its answer cannot be written.");
  }
}

}  // namespace yuanyue
