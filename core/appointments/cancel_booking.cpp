#include "core/appointments/cancel_booking.h"

#include <utility>

#include "core/appointments/booking.h"
#include "core/appointments/booking_rules.h"
#include "core/appointments/booking_tables.h"
#include "core/appointments/entries.h"
#include "core/appointments/kinds.h"
#include "core/appointments/permissions.h"
#include "core/appointments/seats.h"
#include "core/kernel/refusals.h"
#include "core/kernel/transaction.h"
#include "core/wire/text_limits.h"

namespace yuanyue {
namespace {

Refusal cancel(Transaction& transaction, const CancelBooking& command) {
  const State& state = transaction.state();
  const Booking& found = *state.find(command.booking);  // authorize has found it
  if (command.reason.size() > max_note_bytes) return refuse_invalid("reason");
  if (auto refusal = check_seen(found, command.block)) return refusal;
  if (auto refusal = check_can_cancel(state, found, transaction.now())) return refusal;

  Booking booking = found;
  booking.status = BookingStatus::cancelled;
  booking.previous_block.reset();
  transaction.put(booking);
  free_seat(transaction, booking.block);
  transaction
      .record(events::booking_cancelled, booking.enterprise,
              {.booking = booking.id, .from_block = booking.block})
      .note = command.reason;

  std::vector<BlockKey> freed{booking.block};
  end_swaps_of(transaction, booking, WaitlistEndReason::booking_gone, freed);
  const std::vector<BlockKey> awaited = awaited_blocks(state, booking.enterprise);
  freed.insert(freed.end(), awaited.begin(), awaited.end());
  fill_from_queue(transaction, std::move(freed));
  return std::nullopt;
}

}  // namespace

constinit const CommandType<CancelBooking> CancelBooking::type = CommandAnswers<CancelBooking>{
    .name = "cancel_booking",
    .fields = wire::cancel_booking_table,
    .origin = Origin::outside,
    .needs =
        [](const State& state, const Actor&, const CancelBooking& command) {
          return owner_need(manage_bookings, state.find(command.booking));
        },
    .decide = cancel,
};

}  // namespace yuanyue
