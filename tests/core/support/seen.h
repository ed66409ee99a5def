// Commands with what their sender sees in a state. What is not there is seen as nothing.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "core/appointments/answer_offer.h"
#include "core/appointments/booking.h"
#include "core/appointments/booking_rules.h"
#include "core/appointments/cancel_booking.h"
#include "core/appointments/join_waitlist.h"
#include "core/appointments/offer.h"
#include "core/appointments/reschedule_booking.h"
#include "core/appointments/waitlist_entry.h"
#include "core/kernel/command.h"
#include "core/kernel/state.h"
#include "tests/core/support/park.h"

namespace yuanyue::worlds {

inline const BlockKey nowhere = licence_block("2026-11-25 09:00");

inline CancelBooking cancel_seen(const State& state, const BookingId& id, std::string reason = "") {
  return {id, place_of(state, id).value_or(nowhere), std::move(reason)};
}

inline UndoReschedule undo_seen(const State& state, const BookingId& id) {
  const Booking* booking = state.find(id);
  if (booking == nullptr) return {id, nowhere, nowhere};
  return {id, booking->block, booking->previous_block.value_or(booking->block)};
}

inline SeenEntry seen_in(const State& state, const WaitlistEntryId& id) {
  const WaitlistEntry* entry = state.find(id);
  return entry == nullptr ? SeenEntry{} : seen(*entry);
}

inline LeaveWaitlist leave_seen(const State& state, const WaitlistEntryId& id) {
  return {id, seen_in(state, id)};
}

inline ChangeWaitlistEntry change_seen(const State& state, const WaitlistEntryId& id,
                                       std::vector<Wish> wishes, bool auto_accept) {
  return {id, seen_in(state, id), std::move(wishes), auto_accept};
}

inline AcceptOffer accept_seen(const State& state, const OfferId& id) {
  const Offer* offer = state.find(id);
  if (offer == nullptr) return {.offer = id};
  return {id, place_of(state, offer->swap_booking)};
}

}  // namespace yuanyue::worlds
