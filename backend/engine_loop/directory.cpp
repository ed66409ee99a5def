#include "backend/engine_loop/directory.h"

#include <algorithm>
#include <mutex>

namespace yuanyue {

namespace {

std::string upper(std::string_view text) {
  std::string result(text);
  for (char& c : result) {
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  }
  return result;
}

}  // namespace

void Directory::put(const Row& row) {
  const std::unique_lock lock(mutex_);
  if (const User* user = std::get_if<User>(&row)) {
    if (const auto before = users_.find(user->id); before != users_.end()) {
      users_by_name_.erase(upper(before->second.name));
      std::erase(members_[before->second.enterprise], user->id);
    }
    users_by_name_[upper(user->name)] = user->id;
    if (user->enterprise) members_[user->enterprise].push_back(user->id);
    users_[user->id] = *user;
  } else if (const Enterprise* enterprise = std::get_if<Enterprise>(&row)) {
    if (const auto before = enterprises_.find(enterprise->id); before != enterprises_.end()) {
      enterprises_by_credit_code_.erase(before->second.credit_code);
    }
    enterprises_by_credit_code_[enterprise->credit_code] = enterprise->id;
    enterprises_[enterprise->id] = *enterprise;
  }
}

std::optional<User> Directory::user(const UserId& id) const {
  const std::shared_lock lock(mutex_);
  const auto found = users_.find(id);
  return found == users_.end() ? std::nullopt : std::optional(found->second);
}

std::optional<Enterprise> Directory::enterprise(const EnterpriseId& id) const {
  const std::shared_lock lock(mutex_);
  const auto found = enterprises_.find(id);
  return found == enterprises_.end() ? std::nullopt : std::optional(found->second);
}

std::optional<User> Directory::user_signing_in(std::string_view name) const {
  const std::string wanted = upper(name);
  const std::shared_lock lock(mutex_);
  if (const auto found = users_by_name_.find(wanted); found != users_by_name_.end()) {
    return users_.at(found->second);
  }
  const auto enterprise = enterprises_by_credit_code_.find(wanted);
  if (enterprise == enterprises_by_credit_code_.end()) return std::nullopt;
  const auto members = members_.find(enterprise->second);
  if (members == members_.end() || members->second.size() != 1) return std::nullopt;
  return users_.at(members->second.front());
}

}  // namespace yuanyue
