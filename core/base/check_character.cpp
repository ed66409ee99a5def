#include "core/base/check_character.h"

namespace yuanyue {

std::optional<char> check_character(std::string_view text) {
  constexpr std::size_t modulus = check_alphabet.size();
  static_assert(modulus == 31);
  std::size_t sum = 0;
  std::size_t weight = 1;
  for (const char c : text) {
    const std::size_t value = check_alphabet.find(c);
    if (value == std::string_view::npos) return std::nullopt;
    sum = (sum + value * weight) % modulus;
    weight = weight * 3 % modulus;
  }
  return check_alphabet[(modulus - sum) % modulus];
}

}  // namespace yuanyue
