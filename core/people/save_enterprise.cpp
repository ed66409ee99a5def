#include "core/people/save_enterprise.h"

#include <string>
#include <utility>

#include "core/kernel/rejections.h"
#include "core/kernel/seen.h"
#include "core/kernel/transaction.h"
#include "core/people/accounts.h"
#include "core/people/credit_code.h"
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
    return reject(RejectionCode::already_exists);
  }
  const Enterprise* before = state.find(row.id);
  if (before == nullptr || before->credit_code == row.credit_code) return std::nullopt;
  const auto bearer = user_by_name(state, account_name_of(before->credit_code));
  if (!bearer || state.find(*bearer)->enterprise != row.id) return std::nullopt;
  if (namesake) return reject(RejectionCode::already_exists);
  User account = *state.find(*bearer);
  account.name = name;
  LedgerEntry& fact = transaction.record(LedgerKind::user_saved, row.id);
  fact.user = account.id;
  fact.note = name;
  transaction.put(std::move(account));
  return std::nullopt;
}

Refusal save(Transaction& transaction, const SaveEnterprise& command) {
  const Enterprise& row = command.enterprise;
  if (!row.id) return reject_invalid("enterprise.id");
  if (row.name.empty() || row.name.size() > max_name_bytes) {
    return reject_invalid("enterprise.name");
  }
  if (row.contact.size() > max_name_bytes) return reject_invalid("enterprise.contact");
  if (check_credit_code(row.credit_code) == CreditCodeCheck::malformed) {
    return reject_invalid("enterprise.credit_code");
  }
  if (!is_seen(command.seen, transaction.state().find(row.id))) {
    return reject(RejectionCode::stale);
  }
  const auto holder = enterprise_by_credit_code(transaction.state(), row.credit_code);
  if (holder && *holder != row.id) return reject(RejectionCode::already_exists);
  if (auto refusal = give_code_to_account(transaction, row)) return refusal;
  transaction.put(row);
  transaction.record(LedgerKind::enterprise_saved, row.id);
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
