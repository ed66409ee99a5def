#include "core/kernel/transaction.h"

#include <algorithm>

#include "core/kernel/domain.h"
#include "core/kernel/engine.h"

namespace yuanyue {

void Transaction::put_row(const RowTypeBase& type, void* row) {
  const auto [before, after] = outcome_.room_for(type);
  type.copy(after, row);
  const bool has_replaced = type.put(state_, row, before);
  outcome_.add_made({&type, has_replaced ? before : nullptr, after});
}

void Transaction::erase_row(const AnyKey& key) {
  const RowTypeBase& type = key.type();
  void* before = outcome_.room_for(type).before;
  if (type.erase(state_, key, before)) outcome_.add_made({&type, before, nullptr});
}

void Transaction::archive(const AnyKey& key) {
  const RowTypeBase& type = key.type();
  void* before = outcome_.room_for(type).before;
  if (type.erase(state_, key, before)) outcome_.add_made({&type, before, nullptr, true});
}

LedgerEntry& Transaction::record_event(Event event, const EnterpriseId& enterprise) {
  LedgerEntry& entry = outcome_.ledger.emplace_back();
  entry.id = LedgerEntryId(next_id());
  entry.at = envelope_.now;
  entry.actor = envelope_.actor.user;
  entry.command = envelope_.id;
  entry.kind = std::move(event);
  entry.enterprise = enterprise;
  return entry;
}

// What reactions publish is reacted to in turn; domains stand in one order, so it ends.
void Transaction::react() {
  for (std::size_t next = 0; next < published_.size(); ++next) {
    const AnyFact fact = std::move(published_[next]);
    for (const Reaction& reaction : state_.domains().reactions_to(fact.type())) {
      reaction.run(*this, fact.get());
    }
  }
  if (!erased_owners_.empty()) erase_rows_of_owners();
}

void Transaction::erase_rows_of_owners() {
  std::vector<AnyKey> keys;
  for_each_row(state_, state_.domains().rows(), [&](const RowRef& row) {
    const Owner owner = owner_of(row);
    if (owner && std::ranges::find(erased_owners_, owner) != erased_owners_.end()) {
      keys.push_back(key_of(row));
    }
  });
  std::ranges::sort(keys);
  for (const AnyKey& key : keys) erase_row(key);
}

void Transaction::roll_back() {
  revert(state_, outcome_);
  outcome_ = {};
}

}  // namespace yuanyue
