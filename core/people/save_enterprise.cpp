#include "core/people/save_enterprise.h"

#include <string>
#include <utility>

#include "core/kernel/rejections.h"
#include "core/kernel/seen.h"
#include "core/kernel/transaction.h"
#include "core/people/credit_code.h"
#include "core/wire/text_limits.h"

namespace yuanyue {

namespace {

// A code that is somebody else's sign-in name would mean that user. The account that bears the old
// code bears the new one.
Refusal give_code_to_account(Transaction& transaction, const Enterprise& row) {
  const State& state = transaction.state();
  const std::string name = account_name_of(row.credit_code);
  const auto namesake = state.user_by_name(name);
  if (namesake && state.find(*namesake)->enterprise != row.id) {
    return reject(RejectionCode::already_exists);
  }
  const Enterprise* before = state.find(row.id);
  if (before == nullptr || before->credit_code == row.credit_code) return std::nullopt;
  const auto bearer = state.user_by_name(account_name_of(before->credit_code));
  if (!bearer || state.find(*bearer)->enterprise != row.id) return std::nullopt;
  if (namesake) return reject(RejectionCode::already_exists);
  User account = *state.find(*bearer);
  account.name = name;
  transaction.put(std::move(account));
  transaction.record(LedgerKind::user_saved, row.id).note = name;
  return std::nullopt;
}

}  // namespace

Refusal decide(Transaction& transaction, const SaveEnterprise& command) {
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
  const auto holder = transaction.state().enterprise_by_credit_code(row.credit_code);
  if (holder && *holder != row.id) return reject(RejectionCode::already_exists);
  if (auto refusal = give_code_to_account(transaction, row)) return refusal;
  transaction.put(row);
  transaction.record(LedgerKind::enterprise_saved, row.id);
  return std::nullopt;
}

}  // namespace yuanyue
