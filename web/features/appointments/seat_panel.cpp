#include "web/features/appointments/seat_panel.h"

#include "core/appointments/book_appointment.h"
#include "core/appointments/kinds.h"
#include "core/appointments/reschedule_booking.h"
#include "web/app/explain.h"

namespace yuanyue::web::app {
namespace {

bool is_about(const AnyCommand& command, const BlockKey& block) {
  if (const auto* it = command.get_if<BookAppointment>()) return it->block == block;
  if (const auto* it = command.get_if<RescheduleBooking>()) return it->to == block;
  return false;
}

void refused(App& app, const SeatPanel& it) {
  const RefusedCommand refusal = *it.refusal;
  const auto way = explain(app, refusal, {.key = "refused", .view_chooses_blocks = true});
  if (!way) return;
  it.refusal.reset();
  it.picker.clear();
  if (way->kind == ways::choose_block && about(*way).block) it.picker.choose(*about(*way).block);
}

}  // namespace

void seat_panel(App& app, const SeatPanel& it,
                ui::FunctionRef<AnyCommand(const BlockKey&)> command_for,
                ui::FunctionRef<void(const BlockChoice&)> confirm) {
  const BlockChoice* chosen = it.picker.chosen();
  if (chosen == nullptr) return;
  const BlockChoice choice = *chosen;  // a submit may make the picker look again
  const BlockKey& block = choice.facts.key;
  if (it.refusal && !is_about(it.refusal->command, block)) it.refusal.reset();
  if (choice.offer) return held_for_us(app, choice);
  if (!choice.refusal) {
    confirm(choice);
  } else if (choice.refusal->code == refusals::block_full) {
    const auto instead =
        full_block_panel(app, it.subject, choice, it.picker.filled_meanwhile(), it.wait);
    if (instead) it.picker.choose(*instead);
    return;
  } else if (!it.refusal) {
    it.refusal = RefusedCommand{command_for(block), *choice.refusal};
  }
  if (it.refusal) refused(app, it);
}

}  // namespace yuanyue::web::app
