#include "core/people/acting_enterprise.h"

namespace yuanyue {

EnterpriseId enterprise_of(const State& state, const Actor& actor) {
  if (actor.kind != ActorKind::user) return {};
  const User* user = state.find(actor.user);
  if (user == nullptr || user->disabled || user->role != Role::member) return {};
  return user->enterprise;
}

}  // namespace yuanyue
