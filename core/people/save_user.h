// An account, new or changed.
//
// `seen`, here and in the other commands of administrators: the row that is replaced, as the sender
// saw it; another is answered with `stale`. None: it comes from a file or from the console, where
// nothing was looked at.
#pragma once

#include <optional>

#include "core/kernel/command.h"
#include "core/kernel/fact.h"
#include "core/people/user.h"

namespace yuanyue {

// An enabled administrator stays; a name with the form of a credit code is its own enterprise's.
struct SaveUser {
  static const CommandType<SaveUser> type;
  User user;
  std::optional<User> seen{};
  bool operator==(const SaveUser&) const = default;
};

// An account of the enterprise is new, gone, enabled or disabled.
struct AccountsChanged {
  static const FactType<AccountsChanged> type;
  EnterpriseId enterprise;
  bool could_sign_in = false;  // somebody, before
  bool operator==(const AccountsChanged&) const = default;
};

}  // namespace yuanyue
