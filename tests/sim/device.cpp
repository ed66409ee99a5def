#include "tests/sim/device.h"

#include <utility>

#include "core/wire/state_hash.h"

namespace yuanyue::sim {

using sync::StorageAnswer;

StorageAnswer DeviceStorage::write(sync::StorageTicket ticket, const sync::StorageWrite& write) {
  if (is_slow_ || !waiting_.empty()) {
    waiting_.push_back({ticket, write});
    return StorageAnswer::pending;
  }
  if (is_failing_ || is_evicted_) {
    is_evicted_ = false;
    counts_.add(Fault::storage_failed);
    return StorageAnswer::failed;
  }
  apply(write);
  return StorageAnswer::done;
}

std::optional<DeviceStorage::Answered> DeviceStorage::finish_one() {
  if (waiting_.empty()) return std::nullopt;
  const Waiting next = std::move(waiting_.front());
  waiting_.pop_front();
  if (is_failing_ || is_evicted_) {
    is_evicted_ = false;
    counts_.add(Fault::storage_failed);
    return Answered{next.ticket, StorageAnswer::failed};
  }
  apply(next.write);
  return Answered{next.ticket, StorageAnswer::done};
}

bool DeviceStorage::page_closed() {
  const bool had_writes = !waiting_.empty();
  while (!waiting_.empty() && !is_failing_ && !is_evicted_ && random_.one_in(2)) {
    apply(waiting_.front().write);
    waiting_.pop_front();
  }
  waiting_.clear();
  is_evicted_ = false;
  return had_writes;
}

// The database behind the page is gone; the next write finds out.
void DeviceStorage::evict() {
  sync::StorageWrite nothing;
  nothing.clear_outbox = nothing.clear_rows = true;
  nothing.user = UserId();
  nothing.client = ClientId();
  nothing.next_seq = 1;
  nothing.cookie = "";
  apply(nothing);
  is_evicted_ = true;
  ever_kept_.clear();
}

void DeviceStorage::apply(const sync::StorageWrite& write) {
  if (write.clear_outbox) outbox_.clear();
  if (write.clear_rows) {
    rows_.clear();
    ledger_.clear();
  }
  if (write.user) user_ = *write.user;
  if (write.client) client_ = *write.client;
  if (write.next_seq) next_seq_ = *write.next_seq;
  if (write.cookie) cookie_ = *write.cookie;
  for (const Row& row : write.put_rows) rows_.insert_or_assign(key_of(row), row);
  for (const RowKey& key : write.erase_rows) rows_.erase(key);
  ledger_.insert(ledger_.end(), write.add_ledger.begin(), write.add_ledger.end());
  for (const std::uint64_t seq : write.erase_outbox) outbox_.erase(seq);
  for (const sync::OutboxEntry& entry : write.put_outbox) {
    outbox_.insert_or_assign(entry.seq, entry);
    ever_kept_.insert(entry.id);
  }
}

sync::StoredReplica DeviceStorage::kept() const {
  sync::StoredReplica kept{user_, client_, next_seq_, cookie_, {}, ledger_, {}};
  for (const auto& [key, row] : rows_) kept.rows.push_back(row);
  for (const auto& [seq, entry] : outbox_) kept.outbox.push_back(entry);
  return kept;
}

std::uint64_t DeviceStorage::rows_hash() const {
  State state;
  for (const auto& [key, row] : rows_) state.put(row);
  return wire::state_hash(state);
}

}  // namespace yuanyue::sim
