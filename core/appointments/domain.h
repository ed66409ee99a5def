// Blocks, bookings, the waitlist with its offers, closures: one domain, because a block holds seats
// and queue.
#pragma once

#include "core/kernel/domain.h"

namespace yuanyue::appointments {

extern const Domain domain;

}  // namespace yuanyue::appointments
