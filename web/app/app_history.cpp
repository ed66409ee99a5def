// What has left the replica: it stands beside the rows and goes with them.
#include "web/app/app.h"

namespace yuanyue::web::app {

void App::history_answered(sync::TransportTicket ticket, const sync::TransportAnswer& answer) {
  switch (history_.transport_answered(ticket, answer, device_now())) {
    case sync::Demand::sign_in:
    case sync::Demand::right_user:
      // It may go on under another token, as for the sync client.
      sign_out_reason_ = sync::SignOutReason::session_ended;
      session_->doubt();
      break;
    case sync::Demand::new_password:
      session_->require_password_change();
      break;
    default:
      break;
  }
  platform::changed();
}

// Without rows nobody is known who may see it. Another history of the server, or other rights, are
// a reset.
void App::watch_losses() {
  const sync::Replica::Losses& losses = sync_->losses();
  if (loading() || losses.resets != seen_losses_.resets) {
    history_.clear();
  } else if (losses.rows != seen_losses_.rows) {
    history_.rows_left();
  }
  seen_losses_ = losses;
}

}  // namespace yuanyue::web::app
