#include "core/people/acting_enterprise.h"

#include "core/people/enterprise.h"
#include "core/people/user.h"

namespace yuanyue {

EnterpriseId enterprise_of(const State& state, const Actor& actor) {
  if (actor.kind != ActorKind::user) return {};
  const User* user = state.find(actor.user);
  if (user == nullptr || user->disabled) return {};
  return user->enterprise;
}

AnyKey scope_of(const EnterpriseId& enterprise) { return enterprise; }

Need own_need(const Permission& permission, const State& state, const Actor& actor) {
  return {&permission, scope_of(enterprise_of(state, actor))};
}

}  // namespace yuanyue
