// What rows of appointments say against each other.
//
// They hold each other up, and what is decided trusts that: a block's counters are its bookings and
// open offers and who waits for it, a place is that of its entry. Commands keep it so; rows from
// elsewhere must be asked.
#pragma once

#include <optional>
#include <string_view>

#include "core/kernel/state.h"

namespace yuanyue {

struct Contradiction {
  AnyKey row;
  std::string_view fault;  // the field and what is wrong, ".block.service: not_found"
};

// The first that is found, none when all is well. Reads every row of appointments.
std::optional<Contradiction> find_contradiction(const State& state);

}  // namespace yuanyue
