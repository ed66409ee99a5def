// Who there is: a copy of the rows of people and places for threads that may not touch State.
// Filled when the state is loaded and brought up to date after every commit, before its answers.
// Any thread.
#pragma once

#include <optional>
#include <shared_mutex>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "core/catalog/catalog.h"
#include "core/kernel/outcome.h"
#include "core/people/enterprise.h"
#include "core/people/user.h"

namespace yuanyue {

// A row that the directory keeps: of a user, an enterprise, a park or a hall.
bool is_in_directory(const RowRef& row);

class Directory {
 public:
  // What one commit changed, in any order: nobody sees a part of it. Rows of other types are
  // ignored.
  void put(const std::vector<AnyRow>& rows, const std::vector<AnyRow>& gone = {});
  // Everything there is, in place of what was known.
  void load(const std::vector<AnyRow>& rows);

  std::optional<User> user(const UserId& id) const;
  std::optional<Enterprise> enterprise(const EnterpriseId& id) const;
  // Whoever signs in under this name: a user name, or an enterprise's credit code, which means the
  // enterprise's account of that name, or else the first that was made of those that can sign in:
  // who has signed in by it goes on doing so when another account is added. Case, full width (as an
  // input method may write it) and spaces around it do not matter.
  std::optional<User> user_signing_in(std::string_view name) const;

  // What anybody near the user would guess first: names and short names of parks and halls, the
  // enterprise's name, code and contact, the user's own names.
  std::vector<std::string> names_near(const User& user) const;

 private:
  void forget(const RowRef& row);
  void forget_name(const User& user);
  void forget_code(const Enterprise& enterprise);
  void put_locked(const std::vector<AnyRow>& rows);
  std::optional<User> user_of_code(const EnterpriseId& enterprise, const User* namesake) const;

  mutable std::shared_mutex mutex_;
  std::unordered_map<UserId, User, IdHash> users_;
  std::unordered_map<std::string, UserId> users_by_name_;  // in upper case
  std::unordered_map<EnterpriseId, Enterprise, IdHash> enterprises_;
  std::unordered_map<std::string, EnterpriseId> enterprises_by_credit_code_;
  std::unordered_map<EnterpriseId, std::vector<UserId>, IdHash> members_;
  std::unordered_map<std::string, Text> places_;  // by short name
};

}  // namespace yuanyue
