// What was accepted, and what a restored server has forgotten of it.
#include <utility>

#include "core/sync/sync_client.h"

namespace yuanyue::sync {

void SyncClient::note_settled(const wire::CommandResult& result, StorageWrite& change,
                              Instant now) {
  for (const Replica::Pending& pending : replica_.pending()) {
    if (pending.entry.id != result.id) continue;
    change.erase_outbox.push_back(pending.entry.seq);
    if (result.accepted) journal_.add(pending.entry, server_time(now), change);
  }
}

// A reset brings the whole ledger. An accepted command that it does not name was forgotten, by a
// server restored from a backup; or it is out of this user's sight now, and sending it again does
// nothing.
bool SyncClient::send_forgotten_again(const wire::PullResponse& response, StorageWrite& change,
                                      Instant now) {
  if (!response.reset) return false;
  std::vector<OutboxEntry> forgotten =
      journal_.take_forgotten(response.ledger, server_time(now), change);
  std::erase_if(forgotten, [&](const OutboxEntry& entry) {
    if (!replica_.is_ahead_of_pulls(entry.id)) return false;
    journal_.add(entry, server_time(now), change);  // settled since the pull was sent
    return true;
  });
  if (forgotten.empty()) return false;
  replica_.take_forgotten(std::move(forgotten), server_time(now));
  return true;
}

}  // namespace yuanyue::sync
