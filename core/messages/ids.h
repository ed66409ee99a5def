// The names of this domain's rows, for whoever only points at one.
#pragma once

#include "core/base/ids.h"

namespace yuanyue {

using NotificationId = Id<struct Notification>;

namespace messages {
inline constexpr int domain_number = 3;
}

}  // namespace yuanyue
