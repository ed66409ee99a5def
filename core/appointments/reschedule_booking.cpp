#include "core/appointments/reschedule_booking.h"

// One atomic step: the old seat is freed, the new one taken, and the freed seat goes to its queue.
#include <algorithm>
#include <utility>

#include "core/appointments/booking.h"
#include "core/appointments/booking_rules.h"
#include "core/appointments/booking_tables.h"
#include "core/appointments/entries.h"
#include "core/appointments/kinds.h"
#include "core/appointments/offer.h"
#include "core/appointments/open_work.h"
#include "core/appointments/permissions.h"
#include "core/appointments/seats.h"
#include "core/appointments/waitlist_entry.h"
#include "core/kernel/refusals.h"
#include "core/kernel/transaction.h"

namespace yuanyue {
namespace {

Refusal check_target(const Booking& booking, const RescheduleBooking& command) {
  if (command.to == booking.block) {
    Rejection rejection = refuse_about(refusals::same_block, command.to);
    detail_of(rejection).booking = booking.id;
    offer_way(rejection, ways::choose_other_day, {.booking = booking.id});
    return rejection;
  }
  if (command.to.service != booking.block.service) return refuse_invalid("to.service");
  return std::nullopt;
}

// Undone and moved again elsewhere, the seat before is another one than the sender saw.
Refusal check_seen_before(const Booking& booking, const BlockKey& seen) {
  if (booking.status != BookingStatus::confirmed || !booking.previous_block ||
      booking.previous_block == seen) {
    return std::nullopt;
  }
  Rejection rejection = refuse(refusals::stale, {.row = booking.id});
  offer_way(rejection, ways::view_booking, {.booking = booking.id});
  return rejection;
}

// A swap whose wish came true by the enterprise's own hand is over.
void settle_swaps(Transaction& transaction, const EnterpriseId& enterprise,
                  const BookingId& booking, const BlockKey& taken, std::vector<BlockKey>& freed) {
  std::vector<WaitlistEntryId> entries = open_entries(transaction.state(), enterprise);
  std::ranges::sort(entries);
  for (const WaitlistEntryId& id : entries) {
    const WaitlistEntry* entry = transaction.state().find(id);
    if (entry->swap_booking != booking) continue;
    const Offer* offer = transaction.state().find(entry->offer);
    const bool wished = std::ranges::find(entry->blocks, taken) != entry->blocks.end();
    const bool offered = offer != nullptr && offer->block == taken;
    if (!wished && !offered) continue;
    end_entry(transaction, *entry, WaitlistEndReason::left_by_enterprise, freed);
  }
}

void reschedule(Transaction& transaction, Booking booking, const BlockFacts& to,
                const EventKind<AppointmentEvent>& kind) {
  const BlockKey from = booking.block;
  const EnterpriseId enterprise = booking.enterprise;
  const BookingId id = booking.id;
  take_seat(transaction, to);
  free_seat(transaction, from);
  move_booking(transaction, std::move(booking), to);

  transaction.record(kind, enterprise, {.booking = id, .block = to.key, .from_block = from});

  std::vector<BlockKey> freed{from};
  settle_swaps(transaction, enterprise, id, to.key, freed);
  const std::vector<BlockKey> awaited = awaited_blocks(transaction.state(), enterprise);
  freed.insert(freed.end(), awaited.begin(), awaited.end());
  fill_from_queue(transaction, std::move(freed));
}

Refusal move(Transaction& transaction, const RescheduleBooking& command) {
  const State& state = transaction.state();
  const Booking& found = *state.find(command.booking);  // authorize has found it
  if (auto refusal = check_seen(found, command.from)) return refusal;
  if (auto refusal = check_can_reschedule(state, found, transaction.now())) return refusal;
  if (auto refusal = check_target(found, command)) return refusal;
  if (auto refusal =
          check_can_take_seat(state, found.enterprise, command.to, found.id, transaction.now())) {
    return refusal;
  }
  const Service* service = state.find(command.to.service);
  const BlockFacts to = *block_facts(state, *service, command.to, transaction.now());
  Booking booking = found;
  if (!booking.needs_relocation) {
    ++booking.changes_used;
    booking.previous_block = booking.block;
    booking.rescheduled_at = transaction.now();
  } else {
    booking.previous_block.reset();  // there is no way back to a closed block
  }
  reschedule(transaction, std::move(booking), to, events::booking_rescheduled);
  return std::nullopt;
}

Refusal undo(Transaction& transaction, const UndoReschedule& command) {
  const State& state = transaction.state();
  const Booking& found = *state.find(command.booking);
  if (auto refusal = check_seen(found, command.from)) return refusal;
  if (auto refusal = check_seen_before(found, command.to)) return refusal;
  if (auto refusal = check_can_undo(state, found, transaction.now())) return refusal;
  const Service* service = state.find(found.previous_block->service);
  const BlockFacts to = *block_facts(state, *service, *found.previous_block, transaction.now());
  Booking booking = found;
  --booking.changes_used;
  booking.previous_block.reset();
  reschedule(transaction, std::move(booking), to, events::booking_reschedule_undone);
  return std::nullopt;
}

}  // namespace

constinit const CommandType<RescheduleBooking> RescheduleBooking::type =
    CommandAnswers<RescheduleBooking>{
        .name = "reschedule_booking",
        .fields = wire::reschedule_booking_table,
        .origin = Origin::outside,
        .needs =
            [](const State& state, const Actor&, const RescheduleBooking& command) {
              return owner_need(manage_bookings, state.find(command.booking));
            },
        .decide = move,
    };

constinit const CommandType<UndoReschedule> UndoReschedule::type = CommandAnswers<UndoReschedule>{
    .name = "undo_reschedule",
    .fields = wire::undo_reschedule_table,
    .origin = Origin::outside,
    .needs =
        [](const State& state, const Actor&, const UndoReschedule& command) {
          return owner_need(manage_bookings, state.find(command.booking));
        },
    .decide = undo,
};

}  // namespace yuanyue
