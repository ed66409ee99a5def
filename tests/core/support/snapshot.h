// A whole state as values that can be compared.
#pragma once

#include <map>
#include <string>

#include "core/kernel/outcome.h"
#include "core/kernel/state.h"
#include "core/people/ids.h"

namespace yuanyue::worlds {

using Snapshot = std::map<AnyKey, AnyRow>;

Snapshot take_snapshot(const State& state);
// Without the rows that only administrators change; cheaper.
Snapshot take_moving_rows(const State& state);
State rebuild(const Snapshot& rows);
// The rows that this user's replica holds.
State replica_of(const State& state, const UserId& user);
// Which index of `state` is not what `rebuilt` has; empty when all agree.
std::string index_difference(const State& state, const State& rebuilt);
bool equal(const Outcome& a, const Outcome& b);

}  // namespace yuanyue::worlds
