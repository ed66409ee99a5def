// How refusals are put together: a code, what it is about, and the ways forward.
#pragma once

#include <string_view>

#include "core/engine/outcome.h"
#include "core/model/state.h"

namespace yuanyue {

Rejection reject(RejectionCode code);
Rejection reject_invalid(std::string_view field);
Rejection reject_about(RejectionCode code, const BlockKey& block);

// Adds up to three free blocks near `wanted` and the calendar; or what is in the way, when every
// block of the service would be refused: the booking that fills the enterprise's limit, or that
// `ignoring`, the booking to be moved, can no longer be moved by its enterprise.
void offer_alternatives(Rejection& rejection, const State& state, const Service& service,
                        const BlockKey& wanted, const EnterpriseId& enterprise,
                        const BookingId& ignoring, Instant now);

inline constexpr std::size_t alternatives_shown = 3;

}  // namespace yuanyue
