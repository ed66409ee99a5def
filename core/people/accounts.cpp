#include "core/people/accounts.h"

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

}  // namespace yuanyue
