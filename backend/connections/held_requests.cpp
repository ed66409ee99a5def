#include "backend/connections/held_requests.h"

#include <algorithm>
#include <utility>

#include "backend/network/household.h"

namespace yuanyue {

std::size_t Shares::of(const std::string& who) const {
  const auto found = counts_.find(who);
  return found == counts_.end() ? 0 : found->second;
}

void Shares::give_back(const std::string& who) {
  const auto found = counts_.find(who);
  if (found != counts_.end() && --found->second == 0) counts_.erase(found);
}

bool HeldRequests::add(std::uint64_t connection, Hold hold) {
  hold.address = household_of(hold.address);
  const auto own = by_user_.find(hold.user);
  const std::size_t of_user = own == by_user_.end() ? 0 : own->second.size();
  if (held_.size() >= limits_.all || of_user >= limits_.of_user ||
      addresses_.of(hold.address) >= limits_.of_address) {
    return false;
  }
  const std::string address = hold.address;
  addresses_.take(address);
  try {
    held_.emplace(connection, std::move(hold));
  } catch (...) {
    addresses_.give_back(address);
    throw;
  }
  try {
    put_into_indexes(connection);
  } catch (...) {
    remove(connection);  // an index must not name what is not held
    throw;
  }
  return true;
}

void HeldRequests::put_into_indexes(std::uint64_t connection) {
  const Hold& hold = held_.at(connection);
  for (const std::string& audience : hold.audiences) by_audience_[audience].insert(connection);
  by_session_[hold.session].insert(connection);
  by_user_[hold.user].insert(connection);
}

void HeldRequests::drop(Index& index, const std::string& key, std::uint64_t connection) {
  const auto found = index.find(key);
  if (found == index.end()) return;
  found->second.erase(connection);
  if (found->second.empty()) index.erase(found);
}

void HeldRequests::remove(std::uint64_t connection) {
  const auto found = held_.find(connection);
  if (found == held_.end()) return;
  const Hold& hold = found->second;
  for (const std::string& audience : hold.audiences) drop(by_audience_, audience, connection);
  drop(by_session_, hold.session, connection);
  drop(by_user_, hold.user, connection);
  addresses_.give_back(hold.address);
  held_.erase(found);
}

std::vector<std::uint64_t> HeldRequests::woken_by(const ChangeNews& news) const {
  if (news.everyone) return all();
  std::vector<std::uint64_t> woken;
  for (const auto& [audience, revision] : news.audiences) {
    const auto found = by_audience_.find(audience);
    if (found == by_audience_.end()) continue;
    for (const std::uint64_t connection : found->second) {
      if (held_.at(connection).revision < revision) woken.push_back(connection);
    }
  }
  const auto add_all = [&](const Index& index, const std::unordered_set<std::string>& keys) {
    for (const std::string& key : keys) {
      const auto found = index.find(key);
      if (found != index.end())
        woken.insert(woken.end(), found->second.begin(), found->second.end());
    }
  };
  add_all(by_session_, news.sessions);
  add_all(by_user_, news.users);
  std::ranges::sort(woken);
  const auto [first, last] = std::ranges::unique(woken);
  woken.erase(first, last);
  return woken;
}

std::vector<std::uint64_t> HeldRequests::all() const {
  std::vector<std::uint64_t> connections;
  connections.reserve(held_.size());
  for (const auto& [connection, _] : held_) connections.push_back(connection);
  return connections;
}

}  // namespace yuanyue
