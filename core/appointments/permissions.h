// What the commands of this domain ask for.
#pragma once

#include "core/kernel/command.h"
#include "core/people/acting_enterprise.h"

namespace yuanyue {

inline constexpr Permission manage_bookings{"manage_bookings", Holder::member};
inline constexpr Permission use_waitlist{"use_waitlist", Holder::member};
inline constexpr Permission override_blocks{"override_blocks", Holder::administrator};

}  // namespace yuanyue
