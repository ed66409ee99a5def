// The names of this domain's rows, for whoever only points at one.
#pragma once

#include "core/base/ids.h"

namespace yuanyue {

using EnterpriseId = Id<struct Enterprise>;
using UserId = Id<struct User>;

}  // namespace yuanyue
