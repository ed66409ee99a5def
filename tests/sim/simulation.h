// One park from one seed: founded, used and disturbed for a while, then left in peace until
// everything must agree.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "tests/sim/events.h"
#include "tests/sim/fault_counts.h"

namespace yuanyue::sim {

struct Verdict {
  std::uint64_t hash = 0;  // of everything that happened
  std::vector<std::string> violations;
  FaultCounts counts;
  std::uint64_t commands = 0;
  std::uint64_t accepted = 0;
};

Verdict simulate(std::uint64_t seed, Telling telling);

}  // namespace yuanyue::sim
