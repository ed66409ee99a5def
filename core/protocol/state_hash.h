// One number for a whole state, by which two builds or replicas are compared.
#pragma once

#include <cstdint>

#include "core/kernel/state.h"

namespace yuanyue::wire {

// Over the canonical JSON of all rows, independent of their order.
std::uint64_t state_hash(const State& state);

}  // namespace yuanyue::wire
