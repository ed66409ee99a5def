// What an administrator says of one block on one day.
#pragma once

#include <optional>
#include <string>

#include "core/appointments/block.h"

namespace yuanyue {

struct BlockOverrideKey {
  BlockKey block;
  auto operator<=>(const BlockOverrideKey&) const = default;
};
// A day's exception from the weekly template.
struct BlockOverride {
  BlockKey key;
  bool closed = false;
  std::optional<int> capacity;  // replaces the template's
  std::string reason;
  bool operator==(const BlockOverride&) const = default;
};

}  // namespace yuanyue
