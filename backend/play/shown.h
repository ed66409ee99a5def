// What {"show": {"rows": type, "where": {…}}} shows.
#pragma once

#include <expected>
#include <string>

#include "core/kernel/state.h"
#include "core/wire/json.h"

namespace yuanyue {

// As a JSON array in the order of the keys. `where` may name a part of a field that is an object.
std::expected<std::string, std::string> rows_shown(const State& state, wire::JsonValue show);

}  // namespace yuanyue
