// The rows a play begins with.
//
// They come in through the commands that save such rows, so that what no administrator could save
// cannot stand in a play either. Bookings, blocks, entries and offers hold each other up and come
// from commands only.
#pragma once

#include <expected>
#include <string>
#include <vector>

#include "core/kernel/state.h"

namespace yuanyue {

// In any order. An error names row and field ("rows[3].hall: …"); the state is spent then.
std::expected<void, std::string> put_start_rows(State& state, const std::vector<AnyRow>& rows);

}  // namespace yuanyue
