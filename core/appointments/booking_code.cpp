#include "core/appointments/booking_code.h"

#include "core/base/check_character.h"

namespace yuanyue {
namespace {

constexpr std::size_t code_length = 8;

char canonical(char c) {
  if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  switch (c) {
    case 'O':
      return '0';
    case 'I':
      return '1';
    case 'Z':
      return '2';
    case 'S':
      return '5';
    case 'V':
      return 'U';
    default:
      return c;
  }
}

}  // namespace

std::string make_booking_code(const BookingId& id, std::uint64_t attempt) {
  std::uint64_t bits = mix(id.high ^ attempt, id.low);
  std::string code;
  code.reserve(code_length);
  for (std::size_t i = 0; i + 1 < code_length; ++i) {
    code.push_back(check_alphabet[bits % check_alphabet.size()]);
    bits /= check_alphabet.size();
  }
  code.push_back(check_character(code).value_or('0'));
  return code;
}

std::optional<std::string> normalize_booking_code(std::string_view typed) {
  std::string code;
  for (const char c : typed) {
    if (c == ' ' || c == '-') continue;
    if (code.size() == code_length) return std::nullopt;
    code.push_back(canonical(c));
  }
  if (code.size() != code_length) return std::nullopt;
  const auto expected = check_character(std::string_view(code).substr(0, code_length - 1));
  if (!expected || code.back() != *expected) return std::nullopt;
  return code;
}

std::string display_booking_code(std::string_view code) {
  std::string out(code.substr(0, 4));
  out.push_back('-');
  out += code.substr(4);
  return out;
}

}  // namespace yuanyue
