#include "core/appointments/prefetch_open_work.h"

#include <cstddef>
#include <type_traits>

#include "core/appointments/block_override.h"
#include "core/appointments/book_appointment.h"
#include "core/appointments/cancel_booking.h"
#include "core/appointments/open_work.h"
#include "core/appointments/reschedule_booking.h"
#include "core/people/user.h"

namespace yuanyue {
namespace {

// Calls `ask` with each id that the command names. Commands that are rare name nothing here.
template <class Ask>
void for_each_named(const AnyCommand& command, Ask ask) {
  if (const auto* book = command.get_if<BookAppointment>()) {
    ask(book->block);
  } else if (const auto* move = command.get_if<RescheduleBooking>()) {
    ask(move->booking);
    ask(move->from);
    ask(move->to);
  } else if (const auto* undo = command.get_if<UndoReschedule>()) {
    ask(undo->booking);
    ask(undo->from);
    ask(undo->to);
  } else if (const auto* cancel = command.get_if<CancelBooking>()) {
    ask(cancel->booking);
    ask(cancel->block);
  }
}

struct Prefetcher {
  const State& state;
  const OpenWork& work = state.part<OpenWork>();

  void place(const BookingId& booking) const { state.rows<Booking>().prefetch_slot(booking); }
  void place(const BlockKey& block) const {
    state.rows<Block>().prefetch_slot(block);
    work.confirmed.prefetch_slot(block);
    state.rows<BlockOverride>().prefetch_slot({block});
  }
  void row(const BookingId& booking) const { state.rows<Booking>().prefetch_row(booking); }
  void row(const BlockKey& block) const {
    state.rows<Block>().prefetch_row(block);
    work.confirmed.prefetch_row(block);
  }
  void seats(const BookingId&) const {}
  void seats(const BlockKey& block) const {
    const OpenWork::Confirmed* confirmed = work.confirmed.find(block);
    if (confirmed == nullptr) return;
    prefetch_bytes(confirmed->slots.data(), confirmed->slots.size() * sizeof(std::uint32_t));
  }
};

}  // namespace

void prefetch_open_work(const State& state, const Actor& actor, const AnyCommand& command,
                        PrefetchStep step) {
  if (actor.kind != ActorKind::user) return;
  const Prefetcher prefetcher{state};
  const bool is_user_there = step >= PrefetchStep::enterprise_place;
  const User* user = is_user_there ? state.find(actor.user) : nullptr;
  switch (step) {
    case PrefetchStep::places:
      state.rows<User>().prefetch_slot(actor.user);
      for_each_named(command, [&](const auto& id) { prefetcher.place(id); });
      break;
    case PrefetchStep::rows:
      state.rows<User>().prefetch_row(actor.user, offsetof(User, name));
      for_each_named(command, [&](const auto& id) { prefetcher.row(id); });
      break;
    case PrefetchStep::enterprise_place:
      if (user != nullptr) prefetcher.work.held.prefetch_slot(user->enterprise);
      for_each_named(command, [&](const auto& id) { prefetcher.seats(id); });
      break;
    case PrefetchStep::enterprise:
      if (user != nullptr) prefetcher.work.held.prefetch_row(user->enterprise);
      break;
    case PrefetchStep::seats:
      if (user != nullptr) {
        const std::vector<OpenSeat>& seats = open_seats(state, user->enterprise);
        prefetch_bytes(seats.data(), seats.size() * sizeof(OpenSeat));
      }
      break;
  }
}

}  // namespace yuanyue
