// Takes a free seat.
#pragma once

#include "core/appointments/block.h"
#include "core/kernel/command.h"

namespace yuanyue {

struct BookAppointment {
  static const CommandType<BookAppointment> type;
  BookingId booking;  // new
  BlockKey block;
  bool operator==(const BookAppointment&) const = default;
};

}  // namespace yuanyue
