// What an enterprise may do with its bookings. Source: docs/rules.md "Booking and rescheduling".
// These are what the page asks before it draws a button; the commands ask the same.
#pragma once

#include <optional>

#include "core/appointments/block.h"
#include "core/calendar/deadline.h"
#include "core/catalog/catalog.h"
#include "core/kernel/outcome.h"
#include "core/kernel/state.h"

namespace yuanyue {

// Until when a booking may be changed by the enterprise itself. Requires its service and hall to
// exist.
std::optional<Deadline> change_deadline(const State& state, const Booking& booking);
std::optional<Instant> change_closes_at(const State& state, const Booking& booking);

// Where a booking is; none when it does not exist.
std::optional<BlockKey> place_of(const State& state, const BookingId& booking);

// `stale`, with where it is now, when a confirmed booking is not where the sender saw it.
std::optional<Rejection> check_seen(const Booking& booking, const BlockKey& seen);

// Each answers nullopt when the enterprise may do so now.
// Cancelling stays possible until the block starts: a late word is better than an empty seat.
std::optional<Rejection> check_can_cancel(const State& state, const Booking& booking, Instant now);
std::optional<Rejection> check_can_reschedule(const State& state, const Booking& booking,
                                              Instant now);
// A browser knows only its own entries: a seat that others wait for counts as theirs there.
std::optional<Rejection> check_can_undo(const State& state, const Booking& booking, Instant now);
// Until when the last reschedule can be taken back, as far as check_can_undo can tell now; none: it
// cannot.
std::optional<Instant> undo_open_until(const State& state, const Booking& booking, Instant now);

// The enterprise's own seats: none that overlaps, and for a new booking not too many of the
// service. `ignoring`: the booking it gives up.
std::optional<Rejection> check_own_limits(const State& state, const Service& service,
                                          const EnterpriseId& enterprise, const BlockKey& block,
                                          TimeOfDay end, const BookingId& ignoring);

// nullopt when the enterprise can take a seat in `block` now. `ignoring`: the booking it gives up.
std::optional<Rejection> check_can_take_seat(const State& state, const EnterpriseId& enterprise,
                                             const BlockKey& block, const BookingId& ignoring,
                                             Instant now);

}  // namespace yuanyue
