// An account. Passwords are no business of core; the backend keeps them apart.
#pragma once

#include <string>

#include "core/kernel/row.h"
#include "core/people/ids.h"
#include "core/people/role.h"

namespace yuanyue {

struct User {
  static constexpr PartNumber number{people::domain_number, 1};
  static const RowType<User> type;
  // What every command reads comes first, so that it comes with one line of memory.
  UserId id;
  EnterpriseId enterprise;  // members only
  Role role = Role::member;
  bool disabled = false;
  std::string name;  // sign-in name, unique, 3..32 of a-z 0-9 . _ -
  std::string display_name;
  bool operator==(const User&) const = default;
};
inline const UserId& key_of(const User& row) { return row.id; }

}  // namespace yuanyue
