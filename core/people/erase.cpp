#include "core/people/erase.h"

#include <algorithm>
#include <vector>

#include "core/kernel/refusals.h"
#include "core/kernel/transaction.h"
#include "core/people/accounts.h"
#include "core/people/grants.h"
#include "core/people/kinds.h"
#include "core/people/people_tables.h"
#include "core/people/permissions.h"
#include "core/people/save_user.h"

namespace yuanyue {
namespace {

// The row goes at once: nobody is offered anything any more for whom nobody can answer.
void erase_account(Transaction& transaction, const User& account) {
  const UserId user = account.id;
  transaction.record(events::user_erased, account.enterprise, {user});
  transaction.erase(user);
  transaction.erase_all_of(owner_of(user));
}

Refusal erase_enterprise(Transaction& transaction, const EraseEnterprise& command) {
  const State& state = transaction.state();
  const EnterpriseId& enterprise = command.enterprise;
  if (state.find(enterprise) == nullptr) return refuse(refusals::not_found, no_detail);
  std::vector<UserId> accounts;
  state.for_each<User>([&](const User& user) {
    if (user.enterprise == enterprise) accounts.push_back(user.id);
  });
  std::ranges::sort(accounts);
  for (const UserId& id : accounts) erase_account(transaction, User(state.get(id)));
  transaction.record(events::enterprise_erased, enterprise, no_detail);
  transaction.publish(EnterpriseLeaves{enterprise});
  transaction.erase_all_of(owner_of(enterprise));
  return std::nullopt;
}

Refusal erase_user(Transaction& transaction, const EraseUser& command) {
  const State& state = transaction.state();
  const User* found = state.find(command.user);
  if (found == nullptr) return refuse(refusals::not_found, no_detail);
  if (is_last_administrator(state, *found)) return refuse(refusals::last_administrator, no_detail);
  const User account = *found;
  const bool could_sign_in = can_sign_in(state, account.enterprise);
  erase_account(transaction, account);
  transaction.publish(AccountsChanged{account.enterprise, could_sign_in});
  return std::nullopt;
}

}  // namespace

constinit const FactType<EnterpriseLeaves> EnterpriseLeaves::type{"enterprise_leaves"};

constinit const CommandType<EraseEnterprise> EraseEnterprise::type =
    CommandAnswers<EraseEnterprise>{
        .name = "erase_enterprise",
        .fields = wire::erase_enterprise_table,
        .origin = Origin::outside,
        .needs = [](const State&, const Actor&,
                    const EraseEnterprise&) { return Need{&erase_details, AnyKey()}; },
        .decide = erase_enterprise,
    };

constinit const CommandType<EraseUser> EraseUser::type = CommandAnswers<EraseUser>{
    .name = "erase_user",
    .fields = wire::erase_user_table,
    .origin = Origin::outside,
    .needs = [](const State&, const Actor&,
                const EraseUser&) { return Need{&erase_details, AnyKey()}; },
    .decide = erase_user,
};

}  // namespace yuanyue
