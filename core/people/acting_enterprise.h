// For whom somebody acts.
#pragma once

#include "core/kernel/envelope.h"
#include "core/kernel/state.h"

namespace yuanyue {

// The member's enterprise; none for administrators, console, system, disabled or unknown users.
EnterpriseId enterprise_of(const State& state, const Actor& actor);

}  // namespace yuanyue
