// Whose replica it is, and what becomes of it when a session ends.
#include <algorithm>
#include <utility>
#include <vector>

#include "core/people/enterprise.h"
#include "core/sync/sync_client.h"

namespace yuanyue::sync {

void SyncClient::sign_in(const UserId& user, Instant now) {
  if (user_ && user_ != user) sign_out();
  if (!sender_.client()) {
    user_ = user;
    Save save = next_save();
    save.change.user = user_;
    sender_.introduce(save);
    write(save);
  }
  replica_.set_actor(actor());
  replica_.predict_again(server_time(now));
  session_ = Session::open;
  sender_.forget_failures();
  puller_.start_session();
  ++version_;
  tick(now);
}

void SyncClient::sign_out() {
  stop(Connection::signed_out);
  replica_.clear();
  journal_.clear();
  replica_.set_actor({});
  events_.clear();
  user_ = {};
  sender_.clear();
  puller_.clear();
  Save save = next_save();
  save.change = wipe_of_everything();
  write(save);
  update_status();
}

// A session that has ended takes its rows along; whoever else stops here may go on with them.
void SyncClient::stop_for(Demand demand, Instant now) {
  if (demand == Demand::newer_page) return stop(Connection::update_needed);
  stop(Connection::signed_out);
  SignedOut event;
  if (demand == Demand::sign_in) forget_rows(now);
  if (demand == Demand::right_user) event.reason = SignOutReason::wrong_user;
  if (demand == Demand::new_password) event.reason = SignOutReason::password_change_required;
  events_.emplace_back(event);
  ++version_;
}

void SyncClient::stop(Connection connection) {
  sender_.abort();
  puller_.abort();
  session_ = connection == Connection::update_needed ? Session::update_needed : Session::none;
  update_status();
}

void SyncClient::session_ended(Instant now) {
  stop(Connection::signed_out);
  forget_rows(now);
}

// Who sits at this device next may be somebody else. What the server gives again goes; what only
// this device knows stays for its user, but not for ever.
void SyncClient::forget_rows(Instant now) {
  if (!user_) return;
  if (kept_until() <= server_time(now)) {
    std::vector<SyncEvent> events = take_events();
    sign_out();
    events_ = std::move(events);
    return;
  }
  if (!puller_.has_replica()) return;
  puller_.forget_rows();
  replica_.forget_rows();
  Save save = next_save();
  save.change.wipe = true;
  put_everything(save, Replica::StoredRows::leave, now);
  write(save);
  ++version_;
  update_status();
}

Instant SyncClient::kept_until() const {
  Instant newest{};
  for (const Replica::Pending& pending : replica_.pending()) {
    if (!pending.result) newest = std::max(newest, pending.entry.decided_at);
  }
  for (const OutboxEntry& entry : journal_.entries()) {
    newest = std::max(newest, entry.decided_at);
  }
  return newest == Instant{} ? newest : newest + journal_kept_ms;
}

}  // namespace yuanyue::sync
