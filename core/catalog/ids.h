// The names of this domain's rows, for whoever only points at one.
#pragma once

#include "core/base/ids.h"

namespace yuanyue {

using ParkId = Slug<struct Park>;
using HallId = Slug<struct Hall>;
using DepartmentId = Slug<struct Department>;
using ServiceId = Slug<struct Service>;

namespace catalog {
inline constexpr int domain_number = 1;
}

}  // namespace yuanyue
