#include "backend/engine_loop/directory.h"

#include <algorithm>
#include <mutex>
#include <utility>

#include "core/base/visible_text.h"
#include "core/catalog/catalog.h"

namespace yuanyue {

bool is_in_directory(const RowRef& row) {
  return row.is<User>() || row.is<Enterprise>() || row.is<Park>() || row.is<Hall>();
}

void Directory::put(const std::vector<AnyRow>& rows, const std::vector<AnyRow>& gone) {
  const std::unique_lock lock(mutex_);
  for (const AnyRow& row : gone) forget(row);
  put_locked(rows);
}

// As it is known here: in one commit it may have changed before it went.
void Directory::forget(const RowRef& row) {
  if (const User* user = row.get_if<User>()) {
    const auto known = users_.find(user->id);
    if (known == users_.end()) return;
    forget_name(known->second);
    users_.erase(known);
  } else if (const Enterprise* enterprise = row.get_if<Enterprise>()) {
    const auto known = enterprises_.find(enterprise->id);
    if (known == enterprises_.end()) return;
    forget_code(known->second);
    members_.erase(enterprise->id);
    enterprises_.erase(known);
  }
}

void Directory::load(const std::vector<AnyRow>& rows) {
  const std::unique_lock lock(mutex_);
  users_.clear();
  users_by_name_.clear();
  enterprises_.clear();
  enterprises_by_credit_code_.clear();
  members_.clear();
  places_.clear();
  put_locked(rows);
}

// All old names go before any new one comes: in one commit a name may pass from one user to
// another.
void Directory::put_locked(const std::vector<AnyRow>& rows) {
  for (const AnyRow& row : rows) {
    if (const User* user = row.get_if<User>()) {
      if (const auto before = users_.find(user->id); before != users_.end()) {
        forget_name(before->second);
      }
    } else if (const Enterprise* enterprise = row.get_if<Enterprise>()) {
      if (const auto before = enterprises_.find(enterprise->id); before != enterprises_.end()) {
        forget_code(before->second);
      }
    }
  }
  for (const AnyRow& row : rows) {
    if (const User* user = row.get_if<User>()) {
      users_by_name_[ascii_upper(user->name)] = user->id;
      if (user->enterprise) members_[user->enterprise].push_back(user->id);
      users_[user->id] = *user;
    } else if (const Enterprise* enterprise = row.get_if<Enterprise>()) {
      enterprises_by_credit_code_[enterprise->credit_code] = enterprise->id;
      enterprises_[enterprise->id] = *enterprise;
    } else if (const Park* park = row.get_if<Park>()) {
      places_[std::string(park->id.view())] = park->name;
    } else if (const Hall* hall = row.get_if<Hall>()) {
      places_[std::string(hall->id.view())] = hall->name;
    }
  }
}

void Directory::forget_name(const User& user) {
  users_by_name_.erase(ascii_upper(user.name));
  if (user.enterprise) std::erase(members_[user.enterprise], user.id);
}

void Directory::forget_code(const Enterprise& enterprise) {
  enterprises_by_credit_code_.erase(enterprise.credit_code);
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
  const std::string wanted = ascii_upper(trimmed(half_width(name)));
  const std::shared_lock lock(mutex_);
  const auto named = users_by_name_.find(wanted);
  const User* namesake = named == users_by_name_.end() ? nullptr : &users_.at(named->second);
  if (const auto enterprise = enterprises_by_credit_code_.find(wanted);
      enterprise != enterprises_by_credit_code_.end()) {
    return user_of_code(enterprise->second, namesake);
  }
  return namesake == nullptr ? std::nullopt : std::optional(*namesake);
}

// Core keeps such names to the enterprise's own users; a store of before may hold another's, and it
// must not stand before them.
std::optional<User> Directory::user_of_code(const EnterpriseId& enterprise,
                                            const User* namesake) const {
  if (namesake != nullptr && namesake->enterprise == enterprise) return *namesake;
  if (const auto members = members_.find(enterprise); members != members_.end()) {
    const User* first = nullptr;
    for (const UserId& id : members->second) {
      const User& member = users_.at(id);
      // Ids of version 7 ascend with the instant at which they were made.
      const auto rank = [](const User& user) { return std::pair(user.disabled, user.id); };
      if (first == nullptr || rank(member) < rank(*first)) first = &member;
    }
    if (first != nullptr) return *first;
  }
  return namesake == nullptr ? std::nullopt : std::optional(*namesake);
}

std::vector<std::string> Directory::names_near(const User& user) const {
  std::vector<std::string> names{user.name, user.display_name};
  const std::shared_lock lock(mutex_);
  if (const auto found = enterprises_.find(user.enterprise); found != enterprises_.end()) {
    names.push_back(found->second.name);
    names.push_back(found->second.credit_code);
    names.push_back(found->second.contact);
  }
  for (const auto& [short_name, name] : places_) {
    names.push_back(short_name);
    names.push_back(name.zh);
    names.push_back(name.en);
  }
  return names;
}

}  // namespace yuanyue
