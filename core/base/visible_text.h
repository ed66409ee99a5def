// Texts that people read: names, remarks, whatever somebody types. What cannot be seen, or turns
// the direction of what can, makes two names look alike or a list read wrong, so it is kept out
// where a text comes in. Source: Unicode 15, the general categories Cc and Cf and the blank
// letters.
//
// All functions take any bytes; a byte that is no UTF-8 counts as one hidden character.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace yuanyue {

// A remark may join characters (U+200C, U+200D: emoji, Persian); in a name they only deceive.
enum class TextKind : std::uint8_t { name, remark };

// The first character that does not belong into such a text: a control (C0, C1), a direction mark,
// a zero-width or blank letter. Variants of a glyph (U+FE0F, U+E0100…) are no such character.
std::optional<char32_t> hidden_character(std::string_view text, TextKind kind);

// Nothing but white space and hidden characters; an empty text too.
bool is_blank(std::string_view text);

// Without white space of any script (U+3000, U+00A0 …) at both ends.
std::string_view trimmed(std::string_view text);

// Trimmed, white space as single spaces, hidden characters left out: what was meant.
std::string cleaned(std::string_view text, TextKind kind);

// For terminals: every hidden character as \u202E, which within JSON still means the same; a byte
// that is no UTF-8 as \xFF. Line feeds and tabs stay.
std::string printable(std::string_view text);

std::string code_point_name(char32_t character);  // "U+202E"

// Full-width letters, digits and signs (U+FF01..U+FF5E, U+3000) as their ASCII ones; the rest
// stays.
std::string half_width(std::string_view text);

std::string ascii_lower(std::string_view text);
std::string ascii_upper(std::string_view text);

}  // namespace yuanyue
