// Where an entry stands in one block's queue: what its enterprise may know of those before it.
#pragma once

#include "core/appointments/block.h"
#include "core/kernel/fact.h"
#include "core/kernel/row.h"
#include "core/kernel/transaction.h"
#include "core/people/ids.h"

namespace yuanyue {

// Of a block of the entry's service.
struct WaitingPlaceKey {
  using Row = struct WaitingPlace;
  WaitlistEntryId entry;
  Date date;
  TimeOfDay start;
  auto operator<=>(const WaitingPlaceKey&) const = default;
};
inline std::uint64_t hash_of(const WaitingPlaceKey& key) {
  return mix(hash_of(key.entry), (static_cast<std::uint64_t>(key.date.days) << 16) |
                                     static_cast<std::uint16_t>(key.start.minutes));
}
inline WaitingPlaceKey place_key(const WaitlistEntryId& entry, const BlockKey& block) {
  return {entry, block.date, block.start};
}

// Exists while the entry stands in the queue. A row of its own for each block, because it changes
// with whoever comes and goes before it.
struct WaitingPlace {
  static constexpr PartNumber number{appointments::domain_number, 5};
  static const RowType<WaitingPlace> type;
  WaitingPlaceKey key;
  EnterpriseId enterprise;
  ByTier ahead{};  // who goes before it
  bool operator==(const WaitingPlace&) const = default;
};
inline const WaitingPlaceKey& key_of(const WaitingPlace& row) { return row.key; }

// An entry has come into a block's queue, left it, or changed its tier there.
struct QueueChanged {
  static const FactType<QueueChanged> type;
  BlockKey block;
  WaitlistEntryId entry;
  bool operator==(const QueueChanged&) const = default;
};

// The reaction: brings the places of the block up to date, those that differ. Where not everybody
// who waits is known (a browser), that of the entry: behind all who are counted in its tier.
void write_places(Transaction& transaction, const QueueChanged& changed);

}  // namespace yuanyue
