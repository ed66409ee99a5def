// How long finished work stays: the retention that the parks set.
#pragma once

#include <cstdint>

#include "core/kernel/state.h"

namespace yuanyue {

// In milliseconds. Of several parks the longest counts, so that nothing goes before any park says;
// without one it is the usual.
std::int64_t retention_ms(const State& state);

}  // namespace yuanyue
