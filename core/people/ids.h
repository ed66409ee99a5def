// The names of this domain's rows, for whoever only points at one.
#pragma once

#include "core/kernel/ids.h"

namespace yuanyue {

namespace people {
inline constexpr int domain_number = 0;
}

}  // namespace yuanyue
