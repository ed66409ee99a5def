// May this actor give this command? Source: docs/rules.md "Permissions". The browser greys out
// buttons by it, the server refuses by it.
#pragma once

#include <optional>

#include "core/kernel/command.h"
#include "core/kernel/outcome.h"
#include "core/kernel/state.h"

namespace yuanyue {

// nullopt: permitted. Otherwise not_permitted, or not_found for what is in a scope where the actor
// has no say, whose existence must not show.
std::optional<Rejection> authorize(const State& state, const Actor& actor,
                                   const AnyCommand& command);

}  // namespace yuanyue
