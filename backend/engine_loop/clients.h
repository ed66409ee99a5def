// The replicas that have pushed: whose each is, how far it came and when it was last heard. What
// the store's table holds, for the thread that writes; not thread-safe.
#pragma once

#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

#include "backend/store/store.h"

namespace yuanyue {

class Clients {
 public:
  void load(std::vector<StoredClient> clients);
  const StoredClient* find(const std::string& client) const;
  std::size_t count() const { return clients_.size(); }
  std::size_t count_of(const std::string& user) const;

  // Which must be forgotten when these are written, so that no user has more than `per_user`: those
  // not heard for longest, never one that is being written.
  std::vector<std::string> surplus(const std::vector<ClientWrite>& written,
                                   std::size_t per_user) const;
  std::vector<std::string> of(const std::string& user) const;
  void put(const ClientWrite& client, std::int64_t seen_ms);
  void forget(const std::string& client);
  // Those that were not heard since.
  void forget_before(std::int64_t seen_ms);

 private:
  std::unordered_map<std::string, StoredClient> clients_;
  std::unordered_map<std::string, std::vector<std::string>> of_user_;
};

}  // namespace yuanyue
