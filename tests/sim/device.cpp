#include "tests/sim/device.h"

#include <algorithm>
#include <utility>

#include "core/protocol/state_hash.h"

namespace yuanyue::sim {

using sync::StorageAnswer;

StorageAnswer DeviceStorage::write(sync::StorageTicket ticket, const sync::StorageWrite& write) {
  if (is_slow_ || !waiting_.empty()) {
    waiting_.push_back({ticket, write});
    return StorageAnswer::pending;
  }
  if (!takes_write()) return StorageAnswer::failed;
  apply(write);
  return StorageAnswer::done;
}

bool DeviceStorage::takes_write() {
  is_broken_ |= is_failing_ || is_evicted_;
  if (is_broken_) counts_.add(Fault::storage_failed);
  return !is_broken_;
}

std::optional<DeviceStorage::Answered> DeviceStorage::finish_one() {
  if (waiting_.empty()) return std::nullopt;
  const Waiting next = std::move(waiting_.front());
  waiting_.pop_front();
  if (!takes_write()) return Answered{next.ticket, StorageAnswer::failed};
  apply(next.write);
  return Answered{next.ticket, StorageAnswer::done};
}

bool DeviceStorage::page_closed() {
  const bool had_writes = !waiting_.empty();
  while (!waiting_.empty() && random_.one_in(2) && takes_write()) {
    apply(waiting_.front().write);
    waiting_.pop_front();
  }
  waiting_.clear();
  is_evicted_ = false;
  is_broken_ = false;
  return had_writes;
}

// The database behind the page is gone; the next write finds out.
void DeviceStorage::evict() {
  sync::StorageWrite nothing;
  nothing.clear_outbox = nothing.clear_accepted = nothing.clear_rows = true;
  nothing.user = UserId();
  nothing.client = ClientId();
  nothing.next_seq = 1;
  nothing.cookie = "";
  nothing.clock_offset_ms = 0;
  apply(nothing);
  is_evicted_ = true;
  ever_kept_.clear();
}

void DeviceStorage::apply(const sync::StorageWrite& write) {
  if (write.clear_outbox) outbox_.clear();
  if (write.clear_accepted) accepted_.clear();
  if (write.clear_rows) {
    rows_.clear();
    ledger_.clear();
  }
  if (write.user) user_ = *write.user;
  if (write.client) client_ = *write.client;
  if (write.next_seq) next_seq_ = *write.next_seq;
  if (write.cookie) cookie_ = *write.cookie;
  clock_offset_ms_ = write.clock_offset_ms.value_or(clock_offset_ms_);
  for (const AnyRow& row : write.put_rows) rows_.insert_or_assign(key_of(row), row);
  for (const AnyKey& key : write.erase_rows) rows_.erase(key);
  ledger_.insert(ledger_.end(), write.add_ledger.begin(), write.add_ledger.end());
  for (const std::uint64_t seq : write.erase_outbox) outbox_.erase(seq);
  for (const sync::OutboxEntry& entry : write.put_outbox) {
    outbox_.insert_or_assign(entry.seq, entry);
    ever_kept_.insert(entry.id);
  }
  for (const CommandId& id : write.erase_accepted) {
    std::erase_if(accepted_, [&](const sync::OutboxEntry& entry) { return entry.id == id; });
  }
  accepted_.insert(accepted_.end(), write.put_accepted.begin(), write.put_accepted.end());
}

sync::StoredReplica DeviceStorage::kept() const {
  sync::StoredReplica kept{.user = user_,
                           .client = client_,
                           .next_seq = next_seq_,
                           .cookie = cookie_,
                           .ledger = ledger_,
                           .clock_offset_ms = clock_offset_ms_,
                           .accepted = accepted_};
  for (const auto& [key, row] : rows_) kept.rows.push_back(row);
  for (const auto& [seq, entry] : outbox_) kept.outbox.push_back(entry);
  return kept;
}

bool DeviceStorage::keeps(const CommandId& id) const {
  const auto is_it = [&](const sync::OutboxEntry& entry) { return entry.id == id; };
  return std::ranges::any_of(accepted_, is_it) ||
         std::ranges::any_of(outbox_, [&](const auto& each) { return is_it(each.second); });
}

std::uint64_t DeviceStorage::rows_hash() const {
  State state;
  for (const auto& [key, row] : rows_) state.put(row);
  return wire::state_hash(state);
}

}  // namespace yuanyue::sim
