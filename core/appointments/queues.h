// Who waits for which block, in order: the index of the entries' places. On the server it is
// complete; a browser's has the entries that its user may see. References stay valid until the next
// put or erase.
#pragma once

#include <vector>

#include "core/appointments/block.h"
#include "core/appointments/waitlist_entry.h"
#include "core/kernel/state.h"

namespace yuanyue {

// A place in a block's queue. Places are sorted by (tier, since, entry), a total order.
struct QueuePlace {
  Tier tier = Tier::ordinary;
  Instant since;
  WaitlistEntryId entry;
  auto operator<=>(const QueuePlace&) const = default;
};
inline QueuePlace queue_place(const WaitlistEntry& entry) {
  return {entry.tier, entry.joined_at, entry.id};
}

struct Queues {
  static constexpr PartNumber number{appointments::domain_number, 9};
  struct Queue {
    BlockKey key;
    std::vector<QueuePlace> places;  // never empty
  };
  struct OwnKey {
    const BlockKey& operator()(const Queue& row) const { return row.key; }
  };
  Table<BlockKey, Queue, RowKeyHash, OwnKey> queues;
};

// Whether an entry, as this row says it, stands in the block's queue: while it is open, for each of
// its blocks but the one that it has an offer of.
bool stands_in(const WaitlistEntry& entry, const BlockKey& block);
// In the same places of the same queues.
bool stands_alike(const WaitlistEntry& a, const WaitlistEntry& b);

const std::vector<QueuePlace>& queue_of(const State& state, const BlockKey& block);
// How many wait for the block whose entries this state does not hold, by tier; none on the server.
ByTier unknown_in_queue(const State& state, const BlockKey& block);

// The index's hooks.
void stand_in_queues(Indexing& indexing, const WaitlistEntry& row);
void leave_queues(Indexing& indexing, const WaitlistEntry& row);

}  // namespace yuanyue
