#include "core/people/grants.h"

#include "core/kernel/ledger.h"
#include "core/people/acting_enterprise.h"
#include "core/people/enterprise.h"
#include "core/people/user.h"

namespace yuanyue {
namespace {

bool is_administrator(const State& state, const Actor& actor) {
  if (actor.kind == ActorKind::console) return true;
  if (actor.kind != ActorKind::user) return false;
  const User* user = state.find(actor.user);
  return user != nullptr && !user->disabled && user->role == Role::administrator;
}

Grant when(bool holds) { return holds ? Grant::given : Grant::none; }

}  // namespace

Grant grants(const State& state, const Actor& actor, const Need& need) {
  switch (need.permission->holder) {
    case Holder::system:
      return when(actor.kind == ActorKind::system);
    case Holder::console:
      return when(actor.kind == ActorKind::console);
    case Holder::administrator:
      return when(is_administrator(state, actor));
    case Holder::member:
      break;
  }
  const EnterpriseId own = enterprise_of(state, actor);
  if (!own) return Grant::none;
  return need.scope == AnyKey(own) ? Grant::given : Grant::elsewhere;
}

Audiences audiences_of(const LedgerEntry& entry) {
  if (entry.enterprise) return audiences_of_enterprise(entry.enterprise);
  return {administrators};
}

std::vector<Audience> audiences_for(const User& user) {
  if (user.disabled) return {};
  const Audience own{&user_kind, user.id};
  if (user.role == Role::administrator) return {everyone, own, administrators};
  return {everyone, own, {&enterprise_kind, user.enterprise}};
}

}  // namespace yuanyue
