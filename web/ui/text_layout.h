// Measuring and breaking text into lines. Inside web/ui only.
//
// A line may break after a space and between CJK characters, not before closing punctuation, not
// after opening punctuation, and not inside a Latin word or between a number and its unit (25日).
// A word that is wider than the line breaks anywhere rather than being clipped.
#pragma once

#include <cstdint>
#include <string_view>

#include "web/ui/layout.h"
#include "web/ui/ruler.h"
#include "web/ui/theme.h"

namespace yuanyue::web::ui::detail {

struct TextStyle {
  float size = 15;      // layout pixels
  bool strong = false;  // semibold
  Color color = 0;      // 0: the theme's text colour
  Align align = Align::start;
  float line_height = 1.5F;  // times size
};

struct TextLine {
  const char* begin = nullptr;
  const char* end = nullptr;
  float width = 0;
};

// `text` stays alive until the end of the frame.
struct TextBlock {
  std::string_view text;
  TextStyle style;
  float max_width = 0;  // on one line (the longest, if the text has line feeds)
  float min_width = 0;  // the widest part that must not break
  TextLine* lines = nullptr;
  std::uint32_t line_count = 0;
  float wrapped_width = -1;
};

void measure(TextBlock& block);
void wrap(TextBlock& block, float width);

float text_width(std::string_view text, float size, bool strong);

// The code point at `cursor`, which moves behind it; U+FFFD for bytes that are not UTF-8.
std::uint32_t next_code_point(const char*& cursor, const char* end);

}  // namespace yuanyue::web::ui::detail
