// Somebody with a session and no page of ours: sends what no page would. Commands about rows of
// others, with their true ids and what stands in them; administrators' commands; values beyond
// every bound; bodies that are no JSON; sequence numbers out of order. What the engine decides of
// it the oracle's judge sees like everything else.
#pragma once

#include <map>
#include <set>
#include <string>

#include "tests/core/support/random_park.h"
#include "tests/sim/host.h"

namespace yuanyue::sim {

class Intruder {
 public:
  Intruder(std::uint64_t seed, FaultCounts& counts, Oracle& oracle, Host& host)
      : random_(seed), counts_(counts), oracle_(oracle), host_(host), wishes_(seed + 1, 1) {}

  // One push. `everything`: the park as an administrator sees it, with the catalog and everybody in
  // it.
  void act(const State& everything, Instant now);
  // Ignores what it did not ask.
  void answered(const Answer& answer);

 private:
  struct Client {
    ClientId id;
    std::uint64_t next_seq = 1;
  };

  std::string some_body(const State& everything, const UserId& user, Instant now);
  std::string distorted(const std::string& body);

  worlds::Random random_;
  FaultCounts& counts_;
  Oracle& oracle_;
  Host& host_;
  worlds::RandomPark wishes_;
  std::map<UserId, Client> clients_;
  std::set<std::uint64_t> sent_;  // and not answered
  std::uint64_t last_request_ = 0;
};

}  // namespace yuanyue::sim
