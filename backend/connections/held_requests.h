// Which connections are held, and who is to be woken by what. One thread.
#pragma once

#include <cstdint>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "backend/connections/request_handler.h"
#include "backend/engine_loop/change_hub.h"

namespace yuanyue {

struct HoldLimits {
  std::size_t all = 10'000;
  std::size_t of_user = 32;
  std::size_t of_address = 2'500;
};

// How many each one has; nobody is forgotten while he has one.
class Shares {
 public:
  std::size_t of(const std::string& who) const;
  void take(const std::string& who) { ++counts_[who]; }
  void give_back(const std::string& who);

 private:
  std::unordered_map<std::string, std::size_t> counts_;
};

class HeldRequests {
 public:
  explicit HeldRequests(const HoldLimits& limits) : limits_(limits) {}

  // False: there is no place for it, or none for its user or its address. Without memory it throws,
  // and nothing has changed.
  bool add(std::uint64_t connection, Hold hold);
  void remove(std::uint64_t connection);
  // Those that the news concern. They stay until they are removed.
  std::vector<std::uint64_t> woken_by(const ChangeNews& news) const;
  std::vector<std::uint64_t> all() const;
  std::size_t size() const { return held_.size(); }

 private:
  using Index = std::unordered_map<std::string, std::unordered_set<std::uint64_t>>;
  void put_into_indexes(std::uint64_t connection);
  static void drop(Index& index, const std::string& key, std::uint64_t connection);

  const HoldLimits limits_;
  std::unordered_map<std::uint64_t, Hold> held_;
  Index by_audience_;
  Index by_session_;
  Index by_user_;
  Shares addresses_;
};

}  // namespace yuanyue
