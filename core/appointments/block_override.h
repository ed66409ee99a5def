// What an administrator says of one block on one day.
#pragma once

#include <optional>
#include <string>

#include "core/appointments/block.h"

namespace yuanyue {

struct BlockOverrideKey {
  using Row = struct BlockOverride;
  BlockKey block;
  auto operator<=>(const BlockOverrideKey&) const = default;
};
inline std::uint64_t hash_of(const BlockOverrideKey& key) { return hash_of(key.block); }

// A day's exception from the weekly template.
struct BlockOverride {
  static constexpr PartNumber number{appointments::domain_number, 0};
  static const RowType<BlockOverride> type;
  BlockKey key;
  bool closed = false;
  std::optional<int> capacity;  // replaces the template's
  std::string reason;
  bool operator==(const BlockOverride&) const = default;
};
inline BlockOverrideKey key_of(const BlockOverride& row) { return {row.key}; }

}  // namespace yuanyue
