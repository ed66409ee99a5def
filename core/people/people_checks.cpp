#include "core/people/people_checks.h"

#include "core/people/credit_code.h"
#include "core/people/enterprise.h"
#include "core/people/sign_in_name.h"
#include "core/people/user.h"

namespace yuanyue::wire {

bool check_enterprise(const Enterprise& enterprise, DecodeContext& context) {
  return check_credit_code(enterprise.credit_code) != CreditCodeCheck::malformed ||
         context.fail_at("credit_code", DecodeErrorCode::bad_format,
                         "18 of 0-9 A-Z without I O S V Z");
}

bool check_user(const User& user, DecodeContext& context) {
  return is_sign_in_name(user.name) ||
         context.fail_at("name", DecodeErrorCode::bad_format, "a-z 0-9 . _ - are wanted");
}

}  // namespace yuanyue::wire
