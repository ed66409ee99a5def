#include "core/people/grants.h"

#include "core/kernel/ledger.h"
#include "core/kernel/state.h"
#include "core/people/enterprise.h"
#include "core/people/kinds.h"
#include "core/people/user.h"

namespace yuanyue {
namespace {

Grant when(bool holds) { return holds ? Grant::given : Grant::none; }

Grant grants_user(const State& state, const Actor& actor, const Need& need) {
  const User* user = state.find(actor.user);
  if (user == nullptr || user->disabled) return Grant::none;
  const RoleType& role = type_of(user->role);
  if (role.holds.answer != need.permission->holder) return Grant::none;
  if (role.belonging.answer == Belonging::to_the_park) return Grant::given;
  if (!user->enterprise) return Grant::none;
  return need.scope == AnyKey(user->enterprise) ? Grant::given : Grant::elsewhere;
}

}  // namespace

Grant grants(const State& state, const Actor& actor, const Need& need) {
  const Holder holder = need.permission->holder;
  switch (actor.kind) {
    case ActorKind::system:
      return when(holder == Holder::system);
    case ActorKind::console:
      return when(holder == Holder::console || holder == Holder::administrator);
    case ActorKind::user:
      break;
  }
  return grants_user(state, actor, need);
}

std::optional<Owner> parse_owner(std::string_view text) {
  for (const OwnerKind* kind : {&enterprise_owner, &user_owner}) {
    const std::size_t colon = kind->name.size();
    if (text.size() <= colon || text[colon] != ':' || !text.starts_with(kind->name)) continue;
    const auto id = parse_uuid(text.substr(colon + 1));
    if (id && *id) return Owner{kind, *id};
  }
  return std::nullopt;
}

Audiences audiences_of(const LedgerEntry& entry) {
  if (entry.enterprise) return audiences_of_enterprise(entry.enterprise);
  return {administrators};
}

Few<Owner, 3> owners_of(const LedgerEntry& entry) {
  Few<Owner, 3> owners;
  if (entry.enterprise) owners.push_back(owner_of(entry.enterprise));
  if (const auto* account = entry.kind.get_if<AccountEvent>()) {
    if (account->user) owners.push_back(owner_of(account->user));
  } else if (entry.enterprise && entry.actor) {
    owners.push_back(owner_of(entry.actor));
  }
  return owners;
}

Owner erased_by(const LedgerEntry& entry) {
  if (entry.kind == events::enterprise_erased) return owner_of(entry.enterprise);
  if (entry.kind == events::user_erased) return owner_of(entry.kind.get_if<AccountEvent>()->user);
  return {};
}

std::vector<Audience> audiences_for(const User& user) {
  if (user.disabled) return {};
  return {everyone, {&user_kind, user.id}, type_of(user.role).sees.answer(user)};
}

}  // namespace yuanyue
