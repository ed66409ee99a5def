// Whose replica it is, and what becomes of it when a session ends.
#include <algorithm>
#include <utility>
#include <vector>

#include "core/sync/sync_client.h"

namespace yuanyue::sync {

void SyncClient::sign_in(const UserId& user, Instant now) {
  StorageWrite change;
  if (user_ && user_ != user) sign_out();
  if (!client_) {
    user_ = user;
    client_ = ClientId(draw());
    change.user = user_;
    change.client = client_;
    change.next_seq = next_seq_;
    write(change);
  }
  replica_.set_actor(actor());
  replica_.predict_again(server_time(now));
  session_ = Session::open;
  pulled_ = false;
  push_backoff_ = {};
  pull_backoff_ = {};
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
  client_ = {};
  next_seq_ = 1;
  cookie_.clear();
  status_.has_replica = false;
  status_.last_synced_at.reset();
  write(wipe_of_everything());
  update_status();
}

void SyncClient::stop(Connection connection) {
  abort(push_);
  abort(pull_);
  session_ = connection == Connection::update_needed ? Session::update_needed : Session::none;
  update_status();
}

void SyncClient::abort(Request& request) {
  if (request.ticket != 0) transport_.abort(request.ticket);
  request = {};
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
  if (!status_.has_replica) return;
  cookie_.clear();
  status_.has_replica = false;
  replica_.forget_rows();
  StorageWrite change;
  change.wipe = true;
  put_everything(change, Replica::StoredRows::leave, now);
  write(change);
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
