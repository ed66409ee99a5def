#include "core/kernel/transaction.h"

#include "core/kernel/engine.h"

namespace yuanyue {

void Transaction::put(Row row) {
  RowChange& change = outcome_.changes.emplace_back();
  change.after = row;
  change.before = state_.put(std::move(row));
}

void Transaction::erase(const RowKey& key) {
  std::optional<Row> before = state_.erase(key);
  if (!before) return;
  outcome_.changes.push_back({std::move(before), std::nullopt});
}

LedgerEntry& Transaction::record(LedgerKind kind, const EnterpriseId& enterprise) {
  LedgerEntry& entry = outcome_.ledger.emplace_back();
  entry.id = LedgerEntryId(next_id());
  entry.at = envelope_.now;
  entry.actor = envelope_.actor.user;
  entry.command = envelope_.id;
  entry.kind = kind;
  entry.enterprise = enterprise;
  return entry;
}

void Transaction::notify(Notification notification) {
  notification.id = NotificationId(next_id());
  notification.at = envelope_.now;
  put(std::move(notification));
}

void Transaction::roll_back() {
  revert(state_, outcome_);
  outcome_ = {};
}

}  // namespace yuanyue
