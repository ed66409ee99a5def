// Closing one block of one day, giving it other seats, and taking that back.
//
// `seen`: as in core/people/save_user.h.
#pragma once

#include <optional>

#include "core/appointments/block_override.h"
#include "core/kernel/command.h"

namespace yuanyue {

struct OverrideBlock {
  BlockOverride block;
  std::optional<BlockOverride> seen{};
  bool operator==(const OverrideBlock&) const = default;
};
Refusal decide(Transaction& transaction, const OverrideBlock& command);

struct RemoveBlockOverride {
  BlockKey block;
  std::optional<BlockOverride> seen{};
  bool operator==(const RemoveBlockOverride&) const = default;
};
Refusal decide(Transaction& transaction, const RemoveBlockOverride& command);

}  // namespace yuanyue
