// Who there is: a copy of the user and enterprise rows for threads that may not touch State. Filled
// when the state is loaded and brought up to date after every commit, before its answers. Any
// thread.
#pragma once

#include <optional>
#include <shared_mutex>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "core/engine/outcome.h"
#include "core/model/people.h"

namespace yuanyue {

class Directory {
 public:
  void put(const Row& row);  // rows of other types are ignored

  std::optional<User> user(const UserId& id) const;
  std::optional<Enterprise> enterprise(const EnterpriseId& id) const;
  // Whoever signs in under this name: a user name, or an enterprise's credit code, which means the
  // account of that name, or the only member. Case does not matter.
  std::optional<User> user_signing_in(std::string_view name) const;

 private:
  mutable std::shared_mutex mutex_;
  std::unordered_map<UserId, User, IdHash> users_;
  std::unordered_map<std::string, UserId> users_by_name_;
  std::unordered_map<EnterpriseId, Enterprise, IdHash> enterprises_;
  std::unordered_map<std::string, EnterpriseId> enterprises_by_credit_code_;
  std::unordered_map<EnterpriseId, std::vector<UserId>, IdHash> members_;
};

}  // namespace yuanyue
