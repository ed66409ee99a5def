// Closing one block of one day, giving it other seats, and taking that back.
//
// `seen`: as in core/people/save_user.h.
#pragma once

#include <optional>

#include "core/appointments/block_override.h"
#include "core/kernel/command.h"

namespace yuanyue {

struct OverrideBlock {
  static const CommandType<OverrideBlock> type;
  BlockOverride block;
  std::optional<BlockOverride> seen{};
  bool operator==(const OverrideBlock&) const = default;
};

struct RemoveBlockOverride {
  static const CommandType<RemoveBlockOverride> type;
  BlockKey block;
  std::optional<BlockOverride> seen{};
  bool operator==(const RemoveBlockOverride&) const = default;
};

}  // namespace yuanyue
