// Moving a booking, and taking the move back.
#pragma once

#include "core/appointments/block.h"
#include "core/kernel/command.h"

namespace yuanyue {

// Moves a booking in place: code and history stay.
struct RescheduleBooking {
  BookingId booking;
  BlockKey from;  // where the sender saw it; another place is answered with `stale`
  BlockKey to;    // same service
  bool operator==(const RescheduleBooking&) const = default;
};
Refusal decide(Transaction& transaction, const RescheduleBooking& command);

// Takes the last reschedule back while the policy's undo time runs and the old block has a free
// seat. Does not count as a change.
struct UndoReschedule {
  BookingId booking;
  BlockKey from;  // where the sender saw it
  BlockKey to;    // the seat before, to which it would go back, as the sender saw it
  bool operator==(const UndoReschedule&) const = default;
};
Refusal decide(Transaction& transaction, const UndoReschedule& command);

}  // namespace yuanyue
