// The check character of GB 32100-2015 (ISO 7064 style, modulo 31, weights 3^i): finds every single
// wrong character and every swap of neighbours. Used by credit codes, and by our own codes for
// people.
#pragma once

#include <optional>
#include <string_view>

namespace yuanyue {

// 0-9 and A-Z without I, O, S, V, Z, which are mistaken for digits and other letters.
inline constexpr std::string_view check_alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY";

// nullopt if a character is not of the alphabet.
std::optional<char> check_character(std::string_view text);

}  // namespace yuanyue
