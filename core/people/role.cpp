#include "core/people/role.h"

#include <algorithm>

#include "core/people/grants.h"
#include "core/people/user.h"

namespace yuanyue {

std::optional<Role> role_named(std::string_view name) {
  const auto found =
      std::ranges::find(roles, name, [](const RoleType& role) { return role.name.answer; });
  if (found == roles.end()) return std::nullopt;
  return static_cast<Role>(found - roles.begin());
}

Audience own_enterprise(const User& user) { return {&enterprise_kind, user.enterprise}; }
Audience whole_park(const User&) { return administrators; }

}  // namespace yuanyue
