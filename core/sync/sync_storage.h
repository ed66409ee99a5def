// Where a replica is kept. One storage holds one replica: that of one user in one browser profile.
//
// Durable storage works behind a worker and answers later; until it says that an outbox entry is
// written, the entry is not sent. Methods are called on the sync client's thread and must not call
// back into it: they answer `done` or `failed` at once, or `pending` and later
// SyncClient::storage_answered.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/kernel/command.h"
#include "core/kernel/ledger.h"

namespace yuanyue::sync {

// A command that has not been settled by the server yet.
struct OutboxEntry {
  std::uint64_t seq = 0;
  CommandId id;
  Instant decided_at;  // the predicted server clock when it was given
  AnyCommand command;
  bool operator==(const OutboxEntry&) const = default;
};

struct StoredReplica {
  UserId user;      // whose it is
  ClientId client;  // none: the storage is empty
  std::uint64_t next_seq = 1;
  std::string cookie;
  std::vector<AnyRow> rows;  // confirmed ones
  std::vector<LedgerEntry> ledger;
  std::vector<OutboxEntry> outbox;    // ascending by seq
  std::int64_t clock_offset_ms = 0;   // of the server's clock, as far as it was known
  std::vector<OutboxEntry> accepted;  // in the order in which they were put (core/sync/journal.h)
};

// One atomic change, applied in the order of the fields.
struct StorageWrite {
  // The rest of the change is all there is to be. A storage that leaves bytes behind when it
  // deletes (files, logs) sees to it that none of what was kept before can be read any more.
  bool wipe = false;
  bool clear_outbox = false;
  bool clear_accepted = false;
  bool clear_rows = false;  // and ledger
  std::optional<UserId> user;
  std::optional<ClientId> client;
  std::optional<std::uint64_t> next_seq;
  std::optional<std::string> cookie;
  std::optional<std::int64_t> clock_offset_ms;
  std::vector<AnyRow> put_rows;
  std::vector<AnyKey> erase_rows;
  std::vector<LedgerEntry> add_ledger;
  std::vector<std::uint64_t> erase_outbox;  // by seq
  std::vector<OutboxEntry> put_outbox;
  std::vector<CommandId> erase_accepted;
  std::vector<OutboxEntry> put_accepted;
};

enum class StorageAnswer : std::uint8_t { done, failed, pending };
using StorageTicket = std::uint64_t;

// A change that is being put together, and the ticket that it will be written under.
struct Save {
  StorageTicket ticket = 0;
  StorageWrite change;
};

// Nothing of anybody is left.
inline StorageWrite wipe_of_everything() {
  StorageWrite change;
  change.wipe = true;
  change.clear_outbox = true;
  change.clear_accepted = true;
  change.clear_rows = true;
  change.user = UserId();
  change.client = ClientId();
  change.next_seq = 1;
  change.cookie = "";
  return change;
}

class SyncStorage {
 public:
  virtual ~SyncStorage() = default;
  // Writes are applied in the order of the calls. One that fails leaves no trace, and fails all
  // after it until the storage is opened again: a later change never stands without an earlier one.
  virtual StorageAnswer write(StorageTicket ticket, const StorageWrite& write) = 0;
};

// Keeps nothing beyond the page: works at once, never fails.
class MemoryStorage final : public SyncStorage {
 public:
  StorageAnswer write(StorageTicket, const StorageWrite&) override { return StorageAnswer::done; }
};

}  // namespace yuanyue::sync
