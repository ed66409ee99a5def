#include "core/base/visible_text.h"

#include <algorithm>
#include <span>

namespace yuanyue {
namespace {

constexpr char32_t no_character = 0xFFFFFFFF;  // a byte that is no UTF-8

struct Range {
  char32_t first;
  char32_t last;
};

// Ascending.
constexpr Range hidden[] = {
    {0x0000, 0x001F},    // C0
    {0x007F, 0x009F},    // DEL, C1
    {0x00AD, 0x00AD},    // soft hyphen
    {0x034F, 0x034F},    // combining grapheme joiner
    {0x061C, 0x061C},    // Arabic letter mark
    {0x115F, 0x1160},    // blank letters of Hangul
    {0x17B4, 0x17B5},    // Khmer vowels that are not drawn
    {0x180B, 0x180F},    // Mongolian selectors and separator
    {0x200B, 0x200F},    // zero width, marks of direction
    {0x2028, 0x202E},    // separators of lines, embeddings and overrides of direction
    {0x2060, 0x206F},    // word joiner, invisible operators, isolates
    {0x2800, 0x2800},    // blank Braille
    {0x3164, 0x3164},    // blank letter of Hangul
    {0xFDD0, 0xFDEF},    // no characters
    {0xFEFF, 0xFEFF},    // byte order mark
    {0xFFA0, 0xFFA0},    // half-width blank letter of Hangul
    {0xFFF0, 0xFFFB},    // annotations
    {0xFFFE, 0xFFFF},    // no characters
    {0x1BCA0, 0x1BCA3},  // controls of shorthand
    {0x1D173, 0x1D17A},  // controls of musical notation
    {0xE0000, 0xE00FF},  // tags
    {0x10FFFE, no_character},
};

constexpr Range spaces[] = {{0x0009, 0x000D}, {0x0020, 0x0020}, {0x0085, 0x0085}, {0x00A0, 0x00A0},
                            {0x1680, 0x1680}, {0x2000, 0x200A}, {0x2028, 0x2029}, {0x202F, 0x202F},
                            {0x205F, 0x205F}, {0x3000, 0x3000}};

bool is_among(char32_t character, std::span<const Range> ranges) {
  const auto after = std::ranges::upper_bound(ranges, character, {}, &Range::first);
  return after != ranges.begin() && character <= std::prev(after)->last;
}

bool is_space(char32_t character) { return is_among(character, spaces); }

bool is_hidden(char32_t character, TextKind kind) {
  constexpr char32_t joiner_first = 0x200C;
  constexpr char32_t joiner_last = 0x200D;
  if (kind == TextKind::remark && joiner_first <= character && character <= joiner_last) {
    return false;
  }
  return is_among(character, hidden);
}

struct Step {
  char32_t character = no_character;
  std::size_t bytes = 1;
};

// The character that `text`, which is not empty, begins with.
Step first_of(std::string_view text) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned lead = byte(0);
  if (lead < 0x80) return {lead, 1};
  const std::size_t length = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
  if (lead < 0xC2 || lead > 0xF4 || text.size() < length) return {};
  char32_t character = lead & (0x7FU >> length);
  for (std::size_t i = 1; i < length; ++i) {
    if ((byte(i) & 0xC0U) != 0x80U) return {};
    character = (character << 6) | (byte(i) & 0x3FU);
  }
  constexpr char32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
  const bool is_surrogate = character >= 0xD800 && character <= 0xDFFF;
  if (character < least[length] || is_surrogate || character > 0x10FFFF) return {};
  return {character, length};
}

template <class Visit>
void each_character(std::string_view text, Visit visit) {
  while (!text.empty()) {
    const Step step = first_of(text);
    if (!visit(step.character, text.substr(0, step.bytes))) return;
    text.remove_prefix(step.bytes);
  }
}

std::string hex(char32_t value, int digits) {
  constexpr std::string_view digit = "0123456789ABCDEF";
  std::string out;
  for (; value != 0 || digits > 0; value >>= 4, --digits) out += digit[value & 0xF];
  std::ranges::reverse(out);
  return out;
}

// As JSON writes it: beyond U+FFFF in two halves.
void append_escape(std::string& out, char32_t character) {
  constexpr char32_t beyond = 0x10000;
  if (character < beyond) {
    out += "\\u" + hex(character, 4);
    return;
  }
  const char32_t rest = character - beyond;
  out += "\\u" + hex(0xD800 + (rest >> 10), 4) + "\\u" + hex(0xDC00 + (rest & 0x3FF), 4);
}

std::string mapped(std::string_view text, char (*map)(char)) {
  std::string result(text);
  std::ranges::transform(result, result.begin(), map);
  return result;
}

}  // namespace

std::optional<char32_t> hidden_character(std::string_view text, TextKind kind) {
  std::optional<char32_t> found;
  each_character(text, [&](char32_t character, std::string_view) {
    if (is_hidden(character, kind)) found = character;
    return !found;
  });
  return found;
}

bool is_blank(std::string_view text) {
  bool is_blank = true;
  each_character(text, [&](char32_t character, std::string_view) {
    is_blank = is_space(character) || is_hidden(character, TextKind::name);
    return is_blank;
  });
  return is_blank;
}

std::string_view trimmed(std::string_view text) {
  while (!text.empty()) {
    const Step step = first_of(text);
    if (!is_space(step.character)) break;
    text.remove_prefix(step.bytes);
  }
  std::size_t end = 0;
  std::size_t at = 0;
  each_character(text, [&](char32_t character, std::string_view bytes) {
    at += bytes.size();
    if (!is_space(character)) end = at;
    return true;
  });
  return text.substr(0, end);
}

std::string cleaned(std::string_view text, TextKind kind) {
  std::string out;
  bool space_is_due = false;
  each_character(trimmed(text), [&](char32_t character, std::string_view bytes) {
    if (is_space(character)) {
      space_is_due = true;
    } else if (!is_hidden(character, kind)) {
      if (space_is_due && !out.empty()) out += ' ';
      space_is_due = false;
      out += bytes;
    }
    return true;
  });
  return out;
}

std::string printable(std::string_view text) {
  std::string out;
  each_character(text, [&](char32_t character, std::string_view bytes) {
    if (character == no_character) {
      out += "\\x" + hex(static_cast<unsigned char>(bytes.front()), 2);
    } else if (character != '\n' && character != '\t' && is_hidden(character, TextKind::name)) {
      append_escape(out, character);
    } else {
      out += bytes;
    }
    return true;
  });
  return out;
}

std::string code_point_name(char32_t character) {
  return character == no_character ? "a byte that is no UTF-8" : "U+" + hex(character, 4);
}

std::string half_width(std::string_view text) {
  constexpr char32_t wide_space = 0x3000;
  constexpr char32_t wide_first = 0xFF01;
  constexpr char32_t wide_last = 0xFF5E;
  std::string out;
  each_character(text, [&](char32_t character, std::string_view bytes) {
    if (character == wide_space) {
      out += ' ';
    } else if (wide_first <= character && character <= wide_last) {
      out += static_cast<char>(character - wide_first + '!');
    } else {
      out += bytes;
    }
    return true;
  });
  return out;
}

std::string ascii_lower(std::string_view text) {
  return mapped(text,
                [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
}

std::string ascii_upper(std::string_view text) {
  return mapped(text,
                [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; });
}

}  // namespace yuanyue
