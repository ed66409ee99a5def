// Below the blocks of a day: what the chosen one means, and what can be done with it.
#pragma once

#include <optional>

#include "web/app/app.h"
#include "web/features/appointments/time_picker.h"
#include "web/features/appointments/wait_form.h"
#include "web/ui/core.h"

namespace yuanyue::web::app {

// The parts of a view's state that the panel works on.
struct SeatPanel {
  TimeSubject subject;
  TimePicker& picker;
  WaitForm& wait;
  std::optional<RefusedCommand>& refusal;  // of the last try, while its block is chosen
};

// A seat held for this enterprise, the ways around a full block, or why it cannot be taken;
// `confirm` draws the button for one that can. `command_for` says what would be asked.
void seat_panel(App& app, const SeatPanel& it,
                ui::FunctionRef<AnyCommand(const BlockKey&)> command_for,
                ui::FunctionRef<void(const BlockChoice&)> confirm);

}  // namespace yuanyue::web::app
