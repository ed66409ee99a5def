#include "core/people/accounts.h"

#include "core/people/role.h"
#include "core/people/user.h"

namespace yuanyue {

std::optional<UserId> user_by_name(const State& state, std::string_view name) {
  return find_text(state.part<AccountIndex>().by_name, name);
}

std::optional<EnterpriseId> enterprise_by_credit_code(const State& state, std::string_view code) {
  return find_text(state.part<AccountIndex>().by_credit_code, code);
}

bool can_sign_in(const State& state, const EnterpriseId& enterprise) {
  return state.part<AccountIndex>().that_can_sign_in.contains(enterprise);
}

bool may_administer(const User& user) {
  return type_of(user.role).holds.answer == Holder::administrator && !user.disabled;
}

bool is_last_administrator(const State& state, const User& user) {
  if (!may_administer(user)) return false;
  bool is_last = true;
  state.for_each<User>([&](const User& other) {
    if (other.id != user.id && may_administer(other)) is_last = false;
  });
  return is_last;
}

}  // namespace yuanyue
