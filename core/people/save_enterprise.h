// An enterprise, new or changed. `seen`: as in core/people/save_user.h.
#pragma once

#include <optional>

#include "core/kernel/command.h"
#include "core/people/enterprise.h"

namespace yuanyue {

// With another credit code, the account that has the old one for its name gets the new one.
struct SaveEnterprise {
  static const CommandType<SaveEnterprise> type;
  Enterprise enterprise;
  std::optional<Enterprise> seen{};
  bool operator==(const SaveEnterprise&) const = default;
};

}  // namespace yuanyue
