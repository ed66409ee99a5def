// Enterprises and accounts.
#pragma once

#include "core/kernel/domain.h"

namespace yuanyue::people {

extern const Domain domain;

}  // namespace yuanyue::people
