// The way out, wherever it is offered.
#pragma once

#include "web/app/app.h"
#include "web/ui/input.h"

namespace yuanyue::web::app {

struct SignOutState {
  bool wanted = false;  // and it is not known yet what would be lost
  Instant wanted_at;
  bool open = false;
};

// Asks first when something would be lost, naming it.
void sign_out_button(App& app, SignOutState& mine, ui::ButtonKind kind = ui::ButtonKind::secondary);

// On the sign-in page: what of the last sign-out is not done yet, and what of an ended session is
// still kept here.
void left_behind(App& app, SignOutState& mine);

}  // namespace yuanyue::web::app
