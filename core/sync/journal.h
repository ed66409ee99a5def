// Accepted commands, kept for a while after their answer: a server that has been restored from a
// backup may have forgotten them, and then only who gave them still knows. When a pull replaces
// everything and its ledger, which goes back further than what is kept here, does not name one of
// them, it is sent again under its own id; a server that does know it answers as before.
#pragma once

#include <deque>
#include <vector>

#include "core/sync/sync_storage.h"

namespace yuanyue::sync {

inline constexpr std::size_t journal_length_max = 100;
// Less than the least retention of the ledger that a reset brings (31 days).
inline constexpr std::int64_t journal_kept_ms = 30 * ms_per_day;

class Journal {
 public:
  void load(const std::vector<OutboxEntry>& accepted) {
    entries_.assign(accepted.begin(), accepted.end());
  }
  // What a storage that opened late holds goes before what is here; one known to both stays once.
  void join(const std::vector<OutboxEntry>& stored);
  void clear() { entries_.clear(); }
  const std::deque<OutboxEntry>& entries() const { return entries_; }

  // Takes in what was accepted, and tells the storage; what is too much or too old goes.
  void add(const OutboxEntry& entry, Instant server_now, StorageWrite& change);
  // Takes out, oldest first, what a complete ledger does not name.
  std::vector<OutboxEntry> take_forgotten(const std::vector<LedgerEntry>& complete_ledger,
                                          Instant server_now, StorageWrite& change);

 private:
  std::deque<OutboxEntry> entries_;  // in the order of acceptance
};

}  // namespace yuanyue::sync
