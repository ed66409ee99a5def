// May this actor give this command? Source: domain.md "Permissions". The browser greys out buttons
// by it, the server refuses by it.
#pragma once

#include <optional>

#include "core/kernel/envelope.h"
#include "core/kernel/outcome.h"
#include "core/kernel/state.h"

namespace yuanyue {

// nullopt: permitted. Otherwise not_permitted, or not_found for another enterprise's row, whose
// existence must not show.
std::optional<Rejection> authorize(const State& state, const Actor& actor, const Command& command);

}  // namespace yuanyue
