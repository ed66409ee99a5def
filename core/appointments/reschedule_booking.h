// Moving a booking, and taking the move back.
#pragma once

#include "core/appointments/block.h"
#include "core/kernel/command.h"

namespace yuanyue {

// Moves a booking in place: code and history stay.
struct RescheduleBooking {
  static const CommandType<RescheduleBooking> type;
  BookingId booking;
  BlockKey from;  // where the sender saw it; another place is answered with `stale`
  BlockKey to;    // same service
  bool operator==(const RescheduleBooking&) const = default;
};

// Takes the last reschedule back while the policy's undo time runs and the old block has a free
// seat. Does not count as a change.
struct UndoReschedule {
  static const CommandType<UndoReschedule> type;
  BookingId booking;
  BlockKey from;  // where the sender saw it
  BlockKey to;    // the seat before, to which it would go back, as the sender saw it
  bool operator==(const UndoReschedule&) const = default;
};

}  // namespace yuanyue
