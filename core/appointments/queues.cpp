#include "core/appointments/queues.h"

#include <algorithm>

namespace yuanyue {

bool stands_in(const WaitlistEntry& entry, const BlockKey& block) {
  return is_open(entry) && entry.offered_block != block &&
         std::ranges::find(entry.blocks, block) != entry.blocks.end();
}

bool stands_alike(const WaitlistEntry& a, const WaitlistEntry& b) {
  if (!is_open(a) && !is_open(b)) return true;
  return is_open(a) == is_open(b) && queue_place(a) == queue_place(b) && a.blocks == b.blocks &&
         a.offered_block == b.offered_block;
}

const std::vector<QueuePlace>& queue_of(const State& state, const BlockKey& block) {
  static const std::vector<QueuePlace> nobody;
  const Queues::Queue* queue = state.part<Queues>().queues.find(block);
  return queue == nullptr ? nobody : queue->places;
}

ByTier unknown_in_queue(const State& state, const BlockKey& key) {
  const Block* block = state.find(key);
  if (block == nullptr) return {};
  ByTier unknown = block->waiting;
  for (const QueuePlace& place : queue_of(state, key)) --of_tier(unknown, place.tier);
  return unknown;
}

void stand_in_queues(Indexing& indexing, const WaitlistEntry& row) {
  if (!is_open(row)) return;
  auto& queues = indexing.part<Queues>().queues;
  const QueuePlace place = queue_place(row);
  for (const BlockKey& block : row.blocks) {
    if (row.offered_block == block) continue;
    Queues::Queue* queue = queues.find(block);
    if (queue == nullptr) queue = &queues.insert(Queues::Queue{.key = block, .places = {}});
    queue->places.insert(std::ranges::lower_bound(queue->places, place), place);
  }
}

void leave_queues(Indexing& indexing, const WaitlistEntry& row) {
  if (!is_open(row)) return;
  auto& queues = indexing.part<Queues>().queues;
  const QueuePlace place = queue_place(row);
  for (const BlockKey& block : row.blocks) {
    if (row.offered_block == block) continue;
    Queues::Queue* queue = queues.find(block);
    queue->places.erase(std::ranges::lower_bound(queue->places, place));
    if (queue->places.empty()) queues.erase(block);
  }
}

}  // namespace yuanyue
