// Gives a seat back.
#pragma once

#include <string>

#include "core/appointments/block.h"
#include "core/kernel/command.h"

namespace yuanyue {

struct CancelBooking {
  static const CommandType<CancelBooking> type;
  BookingId booking;
  BlockKey block;      // where the sender saw it
  std::string reason;  // optional, <= max_note_bytes
  bool operator==(const CancelBooking&) const = default;
};

}  // namespace yuanyue
