// What the commands of appointments will read (core/kernel/prefetch.h).
#pragma once

#include "core/kernel/prefetch.h"

namespace yuanyue {

void prefetch_open_work(const State& state, const Actor& actor, const AnyCommand& command,
                        PrefetchStep step);

}  // namespace yuanyue
