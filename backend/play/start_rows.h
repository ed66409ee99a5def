// The rows a play begins with.
//
// Those of the catalog, calendar and people come in through the commands that save them, so that
// what no administrator could save cannot stand in a play either. Open work must hold together.
#pragma once

#include <expected>
#include <string>
#include <vector>

#include "core/kernel/state.h"

namespace yuanyue {

// In any order. An error names row and field ("rows[3].hall: …"); the state is spent then.
std::expected<void, std::string> put_start_rows(State& state, const std::vector<AnyRow>& rows);

}  // namespace yuanyue
