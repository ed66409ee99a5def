#include "core/people/people_checks.h"

#include "core/people/credit_code.h"
#include "core/people/enterprise.h"
#include "core/people/sign_in_name.h"
#include "core/people/user.h"

namespace yuanyue::wire {

bool check_enterprise(const void* value, DecodeContext& context) {
  const auto& enterprise = *static_cast<const Enterprise*>(value);
  return check_credit_code(enterprise.credit_code) != CreditCodeCheck::malformed ||
         context.fail_at("credit_code", DecodeErrorCode::bad_format,
                         "18 of 0-9 A-Z without I O S V Z");
}

bool check_user(const void* value, DecodeContext& context) {
  const auto& user = *static_cast<const User*>(value);
  return is_sign_in_name(user.name) ||
         context.fail_at("name", DecodeErrorCode::bad_format, "a-z 0-9 . _ - are wanted");
}

}  // namespace yuanyue::wire
