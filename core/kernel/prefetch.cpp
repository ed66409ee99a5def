#include "core/kernel/prefetch.h"

#include <type_traits>
#include <variant>

namespace yuanyue {
namespace {

// Calls `ask` with each id that the command names. Commands that are rare name nothing here.
template <class Ask>
void for_each_named(const Command& command, Ask ask) {
  if (const auto* book = std::get_if<BookAppointment>(&command)) {
    ask(book->block);
  } else if (const auto* move = std::get_if<RescheduleBooking>(&command)) {
    ask(move->booking);
    ask(move->from);
    ask(move->to);
  } else if (const auto* undo = std::get_if<UndoReschedule>(&command)) {
    ask(undo->booking);
    ask(undo->from);
    ask(undo->to);
  } else if (const auto* cancel = std::get_if<CancelBooking>(&command)) {
    ask(cancel->booking);
    ask(cancel->block);
  }
}

}  // namespace

void prefetch(const State& state, const Actor& actor, const Command& command, PrefetchStep step) {
  if (actor.kind != ActorKind::user) return;
  const bool is_user_there = step >= PrefetchStep::enterprise_place;
  const User* user = is_user_there ? state.find(actor.user) : nullptr;
  switch (step) {
    case PrefetchStep::places:
      state.prefetch_place(actor.user);
      for_each_named(command, [&](const auto& id) { state.prefetch_place(id); });
      break;
    case PrefetchStep::rows:
      state.prefetch(actor.user);
      for_each_named(command, [&](const auto& id) { state.prefetch(id); });
      break;
    case PrefetchStep::enterprise_place:
      if (user != nullptr) state.prefetch_place(user->enterprise);
      for_each_named(command, [&](const auto& id) {
        if constexpr (std::is_same_v<decltype(id), const BlockKey&>) state.prefetch_seats(id);
      });
      break;
    case PrefetchStep::enterprise:
      if (user != nullptr) state.prefetch(user->enterprise);
      break;
    case PrefetchStep::seats:
      if (user != nullptr) state.prefetch_seats(user->enterprise);
      break;
  }
}

}  // namespace yuanyue
