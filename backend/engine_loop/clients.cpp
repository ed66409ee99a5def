#include "backend/engine_loop/clients.h"

#include <algorithm>
#include <unordered_set>

namespace yuanyue {

void Clients::load(std::vector<StoredClient> clients) {
  clients_.clear();
  of_user_.clear();
  for (StoredClient& client : clients) {
    of_user_[client.user].push_back(client.client);
    std::string id = client.client;
    clients_.emplace(std::move(id), std::move(client));
  }
}

const StoredClient* Clients::find(const std::string& client) const {
  const auto found = clients_.find(client);
  return found == clients_.end() ? nullptr : &found->second;
}

std::size_t Clients::count_of(const std::string& user) const {
  const auto found = of_user_.find(user);
  return found == of_user_.end() ? 0 : found->second.size();
}

std::vector<std::string> Clients::of(const std::string& user) const {
  const auto found = of_user_.find(user);
  return found == of_user_.end() ? std::vector<std::string>() : found->second;
}

std::vector<std::string> Clients::surplus(const std::vector<ClientWrite>& written,
                                          std::size_t per_user) const {
  std::unordered_set<std::string> kept;
  std::unordered_map<std::string, std::size_t> new_of;
  for (const ClientWrite& client : written) {
    kept.insert(client.client);
    if (!clients_.contains(client.client)) ++new_of[client.user];
  }
  std::vector<std::string> surplus;
  for (const auto& [user, new_count] : new_of) {
    const std::size_t count = count_of(user) + new_count;
    if (count <= per_user) continue;
    std::vector<const StoredClient*> oldest;
    if (const auto found = of_user_.find(user); found != of_user_.end()) {
      for (const std::string& id : found->second) {
        if (!kept.contains(id)) oldest.push_back(&clients_.at(id));
      }
    }
    std::ranges::sort(oldest, {}, [](const StoredClient* one) {
      return std::pair(one->seen_ms, std::string_view(one->client));
    });
    oldest.resize(std::min(oldest.size(), count - per_user));
    for (const StoredClient* one : oldest) surplus.push_back(one->client);
  }
  return surplus;
}

void Clients::put(const ClientWrite& client, std::int64_t seen_ms) {
  const auto [place, is_new] = clients_.try_emplace(client.client);
  if (is_new) of_user_[client.user].push_back(client.client);
  place->second = {client.client, client.user, client.last_sequence, seen_ms};
}

void Clients::forget(const std::string& client) {
  const auto found = clients_.find(client);
  if (found == clients_.end()) return;
  const auto of_user = of_user_.find(found->second.user);
  std::erase(of_user->second, client);
  if (of_user->second.empty()) of_user_.erase(of_user);
  clients_.erase(found);
}

void Clients::forget_before(std::int64_t seen_ms) {
  std::vector<std::string> old;
  for (const auto& [id, client] : clients_) {
    if (client.seen_ms < seen_ms) old.push_back(id);
  }
  for (const std::string& id : old) forget(id);
}

}  // namespace yuanyue
