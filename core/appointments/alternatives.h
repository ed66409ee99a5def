// The ways forward from a block that cannot be had.
#pragma once

#include <cstddef>

#include "core/appointments/block.h"
#include "core/catalog/catalog.h"
#include "core/kernel/outcome.h"
#include "core/kernel/state.h"

namespace yuanyue {

// Adds up to three free blocks near `wanted` and the calendar; or what is in the way, when every
// block of the service would be refused: the booking that fills the enterprise's limit, or that
// `ignoring`, the booking to be moved, can no longer be moved by its enterprise.
void offer_alternatives(Rejection& rejection, const State& state, const Service& service,
                        const BlockKey& wanted, const EnterpriseId& enterprise,
                        const BookingId& ignoring, Instant now);

inline constexpr std::size_t alternatives_shown = 3;

}  // namespace yuanyue
