// Takes a free seat.
#pragma once

#include "core/appointments/block.h"
#include "core/kernel/command.h"

namespace yuanyue {

struct BookAppointment {
  BookingId booking;  // new
  BlockKey block;
  bool operator==(const BookAppointment&) const = default;
};
Refusal decide(Transaction& transaction, const BookAppointment& command);

}  // namespace yuanyue
