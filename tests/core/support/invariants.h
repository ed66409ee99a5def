// What must hold after every step, written again from docs/rules.md rather than from the rules'
// code.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "core/appointments/block.h"
#include "core/appointments/waitlist_entry.h"
#include "core/kernel/state.h"

namespace yuanyue::worlds {

// Seats given beyond what the public may have, by block: an administrator may lower the capacity
// under seats already given, but no other step may make it worse.
using Excess = std::map<BlockKey, int>;
Excess excess_of(const State& state, Instant now);

// May the entry take a seat of the block, as far as its enterprise's own seats and limits go?
bool may_take_seat(const State& state, const WaitlistEntry& entry, const BlockKey& block,
                   Instant now);

// Sentences about what is wrong; empty when all is well. Requires: everything due by `now` was run.
std::vector<std::string> broken_invariants(const State& state, Instant now);

}  // namespace yuanyue::worlds
