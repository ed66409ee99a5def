#include "core/sync/journal.h"

#include <unordered_set>
#include <utility>

#include "core/messages/mark_notifications_read.h"

namespace yuanyue::sync {
namespace {

// Whether an accepted command is named in the ledger.
bool leaves_facts(const AnyCommand& command) { return !command.is<MarkNotificationsRead>(); }

}  // namespace

void Journal::join(const std::vector<OutboxEntry>& stored) {
  std::unordered_set<Uuid, IdHash> known;
  std::deque<OutboxEntry> joined(stored.begin(), stored.end());
  for (const OutboxEntry& entry : stored) known.insert(entry.id);
  for (OutboxEntry& entry : entries_) {
    if (!known.contains(entry.id)) joined.push_back(std::move(entry));
  }
  entries_ = std::move(joined);
}

void Journal::add(const OutboxEntry& entry, Instant server_now, StorageWrite& change) {
  if (!leaves_facts(entry.command)) return;
  entries_.push_back(entry);
  change.put_accepted.push_back(entry);
  while (entries_.size() > journal_length_max ||
         entries_.front().decided_at + journal_kept_ms < server_now) {
    change.erase_accepted.push_back(entries_.front().id);
    entries_.pop_front();
    if (entries_.empty()) return;
  }
}

std::vector<OutboxEntry> Journal::take_forgotten(const std::vector<LedgerEntry>& complete_ledger,
                                                 Instant server_now, StorageWrite& change) {
  std::unordered_set<Uuid, IdHash> named;
  for (const LedgerEntry& entry : complete_ledger) named.insert(entry.command);
  std::vector<OutboxEntry> forgotten;
  std::deque<OutboxEntry> kept;
  for (OutboxEntry& entry : entries_) {
    if (named.contains(entry.id)) {
      kept.push_back(std::move(entry));
      continue;
    }
    change.erase_accepted.push_back(entry.id);
    const bool is_too_old = entry.decided_at + journal_kept_ms < server_now;
    if (!is_too_old) forgotten.push_back(std::move(entry));
  }
  entries_ = std::move(kept);
  return forgotten;
}

}  // namespace yuanyue::sync
