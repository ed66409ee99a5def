#include "core/people/credit_code.h"

#include "core/base/check_character.h"
#include "core/base/visible_text.h"

namespace yuanyue {

CreditCodeCheck check_credit_code(std::string_view code) {
  if (code.size() != 18) return CreditCodeCheck::malformed;
  const auto expected = check_character(code.substr(0, 17));
  if (!expected || check_alphabet.find(code.back()) == std::string_view::npos) {
    return CreditCodeCheck::malformed;
  }
  return code.back() == *expected ? CreditCodeCheck::ok : CreditCodeCheck::bad_checksum;
}

std::optional<std::string> credit_code_in_name(std::string_view name) {
  std::string code = ascii_upper(name);
  if (check_credit_code(code) == CreditCodeCheck::malformed) return std::nullopt;
  return code;
}

std::string account_name_of(std::string_view credit_code) { return ascii_lower(credit_code); }

}  // namespace yuanyue
