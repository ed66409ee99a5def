// Time blocks: their names and their counters.
#pragma once

#include <array>
#include <cstdint>
#include <numeric>

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

// How many wait, by Tier.
using ByTier = std::array<int, static_cast<std::size_t>(Tier::ordinary) + 1>;
inline int& of_tier(ByTier& counts, Tier tier) { return counts[static_cast<std::size_t>(tier)]; }
inline int of_tier(const ByTier& counts, Tier tier) {
  return counts[static_cast<std::size_t>(tier)];
}
inline int of_all(const ByTier& counts) { return std::accumulate(counts.begin(), counts.end(), 0); }

// Counters of one block. Exists from the first booking or wait until the block has passed; capacity
// is derived from the template and overrides. Invariant: booked + held <= capacity, unless an
// administrator lowered the capacity under seats already given. Everybody sees it: who waits stands
// in rows of their own (waitlist_entry.h, waiting_place.h).
struct Block {
  static constexpr PartNumber number{appointments::domain_number, 1};
  static const RowType<Block> type;
  BlockKey key;
  TimeOfDay end;
  int booked = 0;
  int held = 0;      // seats held for open offers
  ByTier waiting{};  // in its queue; together at most max_queue_places
  // When the emergency reserve goes to the public, queue first; never once done or without a
  // reserve.
  Instant reserve_release_at = never;
  bool operator==(const Block&) const = default;
};
inline const BlockKey& key_of(const Block& row) { return row.key; }

}  // namespace yuanyue
