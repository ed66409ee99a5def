// Blocks, bookings, entries and offers as rows to begin with.
//
// They hold each other up, and what is decided later trusts that: a block's counters are its
// bookings and open offers, its queue is who waits for it. So rows that contradict each other are
// refused.
#pragma once

#include <expected>
#include <string>
#include <vector>

#include "core/kernel/state.h"

namespace yuanyue {

bool is_open_work(const RowRef& row);

// Checks all open work of the state, in which `rows` stand. An error names row and field.
std::expected<void, std::string> check_open_work(const State& state,
                                                 const std::vector<AnyRow>& rows);

}  // namespace yuanyue
