#include "core/model/people.h"

#include "core/base/check_character.h"

namespace yuanyue {

CreditCodeCheck check_credit_code(std::string_view code) {
  if (code.size() != 18) return CreditCodeCheck::malformed;
  const auto expected = check_character(code.substr(0, 17));
  if (!expected || check_alphabet.find(code.back()) == std::string_view::npos) {
    return CreditCodeCheck::malformed;
  }
  return code.back() == *expected ? CreditCodeCheck::ok : CreditCodeCheck::bad_checksum;
}

}  // namespace yuanyue
