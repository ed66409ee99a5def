// Time blocks: their names, their counters and who waits for them.
#pragma once

#include <cstdint>
#include <vector>

#include "core/appointments/ids.h"
#include "core/base/time.h"
#include "core/catalog/ids.h"
#include "core/kernel/row.h"

namespace yuanyue {

// A time block is named by its service, date and start.
struct BlockKey {
  using Row = struct Block;
  ServiceId service;
  Date date;
  TimeOfDay start;
  auto operator<=>(const BlockKey&) const = default;
};
inline std::uint64_t hash_of(const BlockKey& key) {
  return mix(hash_of(key.service), (static_cast<std::uint64_t>(key.date.days) << 16) |
                                       static_cast<std::uint16_t>(key.start.minutes));
}

// Order of the waitlist, docs/rules.md "Waitlist": smaller goes first.
enum class Tier : std::uint8_t { emergency, relocation, key_project, high_tech, ordinary };

// A place in a block's queue. Places are kept sorted by (tier, since, entry): a total order that
// every replica can read without knowing whose entries they are.
struct QueuePlace {
  Tier tier = Tier::ordinary;
  Instant since;
  WaitlistEntryId entry;
  auto operator<=>(const QueuePlace&) const = default;
};

// Counters of one block. Exists from the first booking or wait until the block has passed; capacity
// is derived from the template and overrides. Invariant: booked + held <= capacity, unless an
// administrator lowered the capacity under seats already given.
struct Block {
  static constexpr PartNumber number{appointments::domain_number, 1};
  static const RowType<Block> type;
  BlockKey key;
  TimeOfDay end;
  int booked = 0;
  int held = 0;                   // seats held for open offers
  std::vector<QueuePlace> queue;  // waiting, in order; at most max_queue_places
  // When the emergency reserve goes to the public, queue first; never once done or without a
  // reserve.
  Instant reserve_release_at = never;
  bool operator==(const Block&) const = default;
};
inline const BlockKey& key_of(const Block& row) { return row.key; }

}  // namespace yuanyue
