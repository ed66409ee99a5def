#include "core/people/save_user.h"

#include "core/kernel/refusals.h"
#include "core/kernel/seen.h"
#include "core/kernel/transaction.h"
#include "core/people/accounts.h"
#include "core/people/credit_code.h"
#include "core/people/kinds.h"
#include "core/people/people_tables.h"
#include "core/people/permissions.h"
#include "core/people/sign_in_name.h"
#include "core/wire/text_limits.h"

namespace yuanyue {

namespace {

// A name may have the form of a credit code only where it means its own enterprise.
bool is_anothers_credit_code(const State& state, const User& user) {
  const auto code = credit_code_in_name(user.name);
  if (!code) return false;
  const Enterprise* enterprise = state.find(user.enterprise);
  return enterprise == nullptr || enterprise->credit_code != *code;
}

// Would nobody be left to administer the park when `after` takes its row's place?
bool ends_the_last_administrator(const State& state, const User& after) {
  const User* before = state.find(after.id);
  return before != nullptr && !may_administer(after) && is_last_administrator(state, *before);
}

Refusal save(Transaction& transaction, const SaveUser& command) {
  const State& state = transaction.state();
  const User& row = command.user;
  if (!row.id) return refuse_invalid("user.id");
  if (!is_sign_in_name(row.name)) return refuse_invalid("user.name");
  if (row.display_name.size() > max_name_bytes) return refuse_invalid("user.display_name");
  const bool has_its_enterprise = type_of(row.role).belonging.answer == Belonging::to_an_enterprise
                                      ? state.find(row.enterprise) != nullptr
                                      : !row.enterprise;
  if (!has_its_enterprise) return refuse_invalid("user.enterprise");
  if (!is_seen(command.seen, state.find(row.id))) return refuse(refusals::stale, {.row = row.id});
  const auto holder = user_by_name(state, row.name);
  if (holder && *holder != row.id) return refuse(refusals::already_exists, no_detail);
  if (is_anothers_credit_code(state, row)) return refuse_invalid("user.name");
  if (ends_the_last_administrator(state, row))
    return refuse(refusals::last_administrator, no_detail);
  const User* found = state.find(row.id);
  const EnterpriseId before = found == nullptr ? EnterpriseId() : found->enterprise;
  const bool could_before = can_sign_in(state, before);
  const bool could_after = can_sign_in(state, row.enterprise);
  transaction.put(row);
  transaction.record(events::user_saved, row.enterprise, {row.id}).note = row.name;
  transaction.publish(AccountsChanged{row.enterprise, could_after});
  if (before != row.enterprise) transaction.publish(AccountsChanged{before, could_before});
  return std::nullopt;
}

}  // namespace

constinit const FactType<AccountsChanged> AccountsChanged::type{"accounts_changed"};

constinit const CommandType<SaveUser> SaveUser::type = CommandAnswers<SaveUser>{
    .name = "save_user",
    .fields = wire::save_user_table,
    .origin = Origin::outside,
    .needs =
        [](const State& state, const Actor&, const SaveUser& command) {
          return Need{state.find(command.user.id) == nullptr ? &make_accounts : &manage_accounts,
                      AnyKey()};
        },
    .decide = save,
};

}  // namespace yuanyue
