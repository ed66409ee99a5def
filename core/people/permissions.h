// What the commands of this domain ask for.
#pragma once

#include "core/kernel/command.h"

namespace yuanyue {

inline constexpr Permission manage_enterprises{"manage_enterprises", Holder::administrator};
inline constexpr Permission manage_accounts{"manage_accounts", Holder::administrator};
// An account is made at the console, which makes its first password with it: one without could not
// sign in, and would count as somebody who can.
inline constexpr Permission make_accounts{"make_accounts", Holder::console};
inline constexpr Permission erase_details{"erase_details", Holder::console};

}  // namespace yuanyue
