#include "core/people/save_enterprise.h"

#include <string>
#include <utility>

#include "core/kernel/refusals.h"
#include "core/kernel/seen.h"
#include "core/kernel/transaction.h"
#include "core/people/accounts.h"
#include "core/people/credit_code.h"
#include "core/people/kinds.h"
#include "core/people/people_tables.h"
#include "core/people/permissions.h"
#include "core/wire/text_limits.h"

namespace yuanyue {

namespace {

// A code that is somebody else's sign-in name would mean that user. The account that bears the old
// code bears the new one.
Refusal give_code_to_account(Transaction& transaction, const Enterprise& row) {
  const State& state = transaction.state();
  const std::string name = account_name_of(row.credit_code);
  const auto namesake = user_by_name(state, name);
  if (namesake && state.find(*namesake)->enterprise != row.id) {
    return refuse(refusals::already_exists, no_detail);
  }
  const Enterprise* before = state.find(row.id);
  if (before == nullptr || before->credit_code == row.credit_code) return std::nullopt;
  const auto bearer = user_by_name(state, account_name_of(before->credit_code));
  if (!bearer || state.find(*bearer)->enterprise != row.id) return std::nullopt;
  if (namesake) return refuse(refusals::already_exists, no_detail);
  User account = *state.find(*bearer);
  account.name = name;
  transaction.record(events::user_saved, row.id, {account.id}).note = name;
  transaction.put(std::move(account));
  return std::nullopt;
}

Refusal save(Transaction& transaction, const SaveEnterprise& command) {
  const Enterprise& row = command.enterprise;
  if (!row.id) return refuse_invalid("enterprise.id");
  if (row.name.empty() || row.name.size() > max_name_bytes) {
    return refuse_invalid("enterprise.name");
  }
  if (row.contact.size() > max_name_bytes) return refuse_invalid("enterprise.contact");
  if (check_credit_code(row.credit_code) == CreditCodeCheck::malformed) {
    return refuse_invalid("enterprise.credit_code");
  }
  if (!is_seen(command.seen, transaction.state().find(row.id))) {
    return refuse(refusals::stale, {.row = row.id});
  }
  const auto holder = enterprise_by_credit_code(transaction.state(), row.credit_code);
  if (holder && *holder != row.id) return refuse(refusals::already_exists, no_detail);
  if (auto refusal = give_code_to_account(transaction, row)) return refusal;
  transaction.put(row);
  transaction.record(events::enterprise_saved, row.id, no_detail);
  return std::nullopt;
}

}  // namespace

constinit const CommandType<SaveEnterprise> SaveEnterprise::type = CommandAnswers<SaveEnterprise>{
    .name = "save_enterprise",
    .fields = wire::save_enterprise_table,
    .origin = Origin::outside,
    .needs = [](const State&, const Actor&,
                const SaveEnterprise&) { return Need{&manage_enterprises, AnyKey()}; },
    .decide = save,
};

}  // namespace yuanyue
