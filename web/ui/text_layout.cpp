#include "web/ui/text_layout.h"

#include <algorithm>
#include <cmath>

#include "web/ui/arena.h"

namespace yuanyue::web::ui::detail {
namespace {

constexpr float long_word_width = 320;  // longer words do not ask for a wider container

enum class BreakClass : std::uint8_t {
  space,
  line_feed,
  latin,
  digit,
  ideograph,
  opening,
  closing,
  hyphen
};

bool is_closing(std::uint32_t c) {
  switch (c) {
    case ')':
    case ']':
    case '}':
    case ',':
    case '.':
    case ';':
    case ':':
    case '!':
    case '?':
    case '%':
    case 0x00B7:
    case 0x00BB:
    case 0x2019:
    case 0x201D:
    case 0x2025:
    case 0x2026:
    case 0x2014:
    case 0x3001:
    case 0x3002:
    case 0x3005:
    case 0x3009:
    case 0x300B:
    case 0x300D:
    case 0x300F:
    case 0x3011:
    case 0x3015:
    case 0x3017:
    case 0x30FB:
    case 0x30FC:
    case 0xFF01:
    case 0xFF05:
    case 0xFF09:
    case 0xFF0C:
    case 0xFF0E:
    case 0xFF1A:
    case 0xFF1B:
    case 0xFF1F:
    case 0xFF3D:
    case 0xFF5D:
    case 0xFF5E:
      return true;
    default:
      return false;
  }
}

bool is_opening(std::uint32_t c) {
  switch (c) {
    case '(':
    case '[':
    case '{':
    case 0x00AB:
    case 0x2018:
    case 0x201C:
    case 0x3008:
    case 0x300A:
    case 0x300C:
    case 0x300E:
    case 0x3010:
    case 0x3014:
    case 0x3016:
    case 0xFF08:
    case 0xFF3B:
    case 0xFF5B:
    case 0xFFE5:
      return true;
    default:
      return false;
  }
}

bool is_ideograph(std::uint32_t c) {
  return (c >= 0x2E80 && c <= 0x9FFF) || (c >= 0xAC00 && c <= 0xD7AF) ||
         (c >= 0xF900 && c <= 0xFAFF) || (c >= 0xFE30 && c <= 0xFE4F) ||
         (c >= 0xFF00 && c <= 0xFFEF) || (c >= 0x1F300 && c <= 0x1FAFF) || c >= 0x20000;
}

// Units that stay on the line of their number: years, months, days, hours, minutes, seconds, ….
bool is_unit(std::uint32_t c) {
  switch (c) {
    case 0x5E74:
    case 0x6708:
    case 0x65E5:
    case 0x65F6:
    case 0x5206:
    case 0x79D2:
    case 0x5929:
    case 0x4E2A:
    case 0x70B9:
    case 0x5468:
    case 0x6B21:
    case 0x5BB6:
      return true;
    default:
      return false;
  }
}

BreakClass classify(std::uint32_t c) {
  if (c == '\n') return BreakClass::line_feed;
  if (c == ' ' || c == '\t' || c == 0x3000 || c == 0x200B) return BreakClass::space;
  if (is_closing(c)) return BreakClass::closing;
  if (is_opening(c)) return BreakClass::opening;
  if (c >= '0' && c <= '9') return BreakClass::digit;
  if (c == '-' || c == '/') return BreakClass::hyphen;
  return is_ideograph(c) ? BreakClass::ideograph : BreakClass::latin;
}

struct Character {
  std::uint32_t code = 0;
  BreakClass kind = BreakClass::latin;
};

bool may_break_between(Character before, Character after) {
  using enum BreakClass;
  if (after.kind == space || after.kind == closing) return false;
  if (before.kind == space) return true;
  if (before.kind == opening) return false;
  if (before.kind == closing) {
    const bool inside_number = after.kind == digit && before.code < 0x80 && before.code != ')';
    const bool inside_word = after.kind == latin && (before.code == '.' || before.code == ':');
    return !inside_number && !inside_word;
  }
  if (before.kind == digit && is_unit(after.code)) return false;
  if (before.code == 0x6708 && after.kind == digit) return false;  // 11月|25日
  if (before.kind == ideograph || after.kind == ideograph) return true;
  return before.kind == hyphen && after.kind == latin;
}

// Collects the lines of a block; the arena array grows by doubling.
class LineCollector {
 public:
  void add(const char* begin, const char* end, float width) {
    if (count_ == capacity_) grow_array();
    lines_[count_++] = {begin, end, width};
  }
  TextLine* lines() const { return lines_; }
  std::uint32_t count() const { return count_; }

 private:
  void grow_array() {
    const std::uint32_t capacity = capacity_ == 0 ? 2 : capacity_ * 2;
    TextLine* larger = keep_array<TextLine>(capacity);
    std::copy_n(lines_, count_, larger);
    lines_ = larger;
    capacity_ = capacity;
  }
  TextLine* lines_ = nullptr;
  std::uint32_t count_ = 0, capacity_ = 0;
};

}  // namespace

std::uint32_t next_code_point(const char*& cursor, const char* end) {
  const auto byte = [&](std::ptrdiff_t i) { return static_cast<unsigned char>(cursor[i]); };
  const std::uint32_t first = byte(0);
  const std::ptrdiff_t left = end - cursor;
  if (first < 0x80) return ++cursor, first;
  const std::ptrdiff_t length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : first >= 0xC0 ? 2 : 1;
  if (length == 1 || left < length) return ++cursor, 0xFFFDU;
  std::uint32_t code = first & (0xFFU >> (length + 1));
  for (std::ptrdiff_t i = 1; i < length; ++i) code = (code << 6U) | (byte(i) & 0x3FU);
  cursor += length;
  return code;
}

float text_width(std::string_view text, float size, bool strong) {
  const Ruler ruler(size, strong);
  const char* cursor = text.data();
  const char* end = cursor + text.size();
  float width = 0;
  while (cursor < end) width += ruler.advance(next_code_point(cursor, end));
  return width;
}

void measure(TextBlock& block) {
  const Ruler ruler(block.style.size, block.style.strong);
  const char* cursor = block.text.data();
  const char* end = cursor + block.text.size();
  float line = 0, part = 0, widest_line = 0, widest_part = 0;
  Character before{};
  for (bool first = true; cursor < end; first = false) {
    const std::uint32_t code = next_code_point(cursor, end);
    const Character here{code, classify(code)};
    if (here.kind == BreakClass::line_feed) {
      widest_line = std::max(widest_line, line);
      line = part = 0;
    } else {
      const float advance = ruler.advance(code);
      if (!first && may_break_between(before, here)) part = 0;
      line += advance;
      if (here.kind != BreakClass::space) part += advance;
      widest_part = std::max(widest_part, part);
    }
    before = here;
  }
  block.max_width = std::ceil(std::max(widest_line, line));
  block.min_width = std::min(std::ceil(widest_part), long_word_width);
}

void wrap(TextBlock& block, float width) {
  if (block.wrapped_width == width && block.lines != nullptr) return;
  block.wrapped_width = width;
  const Ruler ruler(block.style.size, block.style.strong);
  const float limit = width + 0.5F;  // sums of advances are not exact
  LineCollector lines;
  const char* end = block.text.data() + block.text.size();
  const char* cursor = block.text.data();
  const char* line_begin = cursor;
  const char* ink_end = cursor;    // behind the last character that is not a space
  const char* break_at = nullptr;  // where the next line would begin
  const char* break_ink_end = nullptr;
  float line_width = 0, ink_width = 0, break_ink_width = 0, break_width = 0;
  Character before{};
  while (cursor < end) {
    const char* here_begin = cursor;
    const std::uint32_t code = next_code_point(cursor, end);
    const Character here{code, classify(code)};
    if (here.kind == BreakClass::line_feed) {
      lines.add(line_begin, ink_end, ink_width);
      line_begin = ink_end = cursor;
      line_width = ink_width = 0;
      break_at = nullptr;
      before = here;
      continue;
    }
    if (here_begin > line_begin && may_break_between(before, here)) {
      break_at = here_begin;
      break_ink_end = ink_end;
      break_ink_width = ink_width;
      break_width = line_width;
    }
    const float advance = ruler.advance(code);
    const bool ink = here.kind != BreakClass::space;
    // Twice where even what is behind the last place to break does not fit.
    while (ink && line_width + advance > limit && here_begin > line_begin) {
      if (break_at == nullptr) {  // one word wider than the line
        break_at = here_begin;
        break_ink_end = ink_end;
        break_ink_width = ink_width;
        break_width = line_width;
      }
      lines.add(line_begin, break_ink_end, break_ink_width);
      line_begin = break_at;
      line_width -= break_width;
      ink_width -= break_width;
      break_at = nullptr;
    }
    line_width += advance;
    if (ink) {
      ink_end = cursor;
      ink_width = line_width;
    }
    before = here;
  }
  lines.add(line_begin, std::max(ink_end, line_begin), ink_end > line_begin ? ink_width : 0);
  block.lines = lines.lines();
  block.line_count = lines.count();
}

}  // namespace yuanyue::web::ui::detail
