// Parks, halls, departments, services and the official calendar.
#pragma once

#include "core/kernel/domain.h"

namespace yuanyue::catalog {

extern const Domain domain;

}  // namespace yuanyue::catalog
