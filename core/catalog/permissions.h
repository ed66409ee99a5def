// What the commands of this domain ask for.
#pragma once

#include "core/kernel/command.h"

namespace yuanyue {

inline constexpr Permission manage_catalog{"manage_catalog", Holder::administrator};
inline constexpr Permission import_calendars{"import_calendars", Holder::administrator};

}  // namespace yuanyue
