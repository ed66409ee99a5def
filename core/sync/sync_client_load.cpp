// A storage that opens late, and commands of other tabs.
#include <utility>

#include "core/sync/sync_client.h"

namespace yuanyue::sync {

void SyncClient::load(const StoredReplica& stored, Instant now) {
  status_.storage_failed = false;
  ++version_;
  const bool is_empty = !stored.client;
  if (is_empty && !client_) return;
  auto rows = Replica::StoredRows::leave;
  const bool is_ours = !user_ || user_ == stored.user;
  if (!is_empty && is_ours) {
    abort(push_);
    abort(pull_);
    pulled_ = false;
    user_ = stored.user;
    const bool is_fresh = replica_.pending().empty() && stored.client != client_;
    if (cookie_.empty()) {
      rows = Replica::StoredRows::take;
      cookie_ = stored.cookie;
      status_.has_replica = !cookie_.empty();
    }
    if (!clock_uncertainty_ms_) clock_offset_ms_ = stored.clock_offset_ms;
    next_seq_ = replica_.join(stored, rows);
    journal_.join(stored.accepted);
    client_ = stored.client;
    if (!is_fresh) {
      // Two numberings met, or the stored one is behind. A new client starts at 1; the ids of the
      // commands keep each from being applied twice.
      client_ = ClientId(draw());
      next_seq_ = replica_.renumber();
    }
    if (session_ == Session::none) session_ = Session::unproven;
  }
  StorageWrite change;
  change.wipe = !is_empty && !is_ours;
  put_everything(change, rows, now);
  write(change);
  replica_.set_actor(actor());
  replica_.predict_again(server_time(now));
  update_status();
  tick(now);
}

// What a storage must be told so that it holds this replica and nothing else; `take`: its rows are
// the same already.
void SyncClient::put_everything(StorageWrite& change, Replica::StoredRows rows, Instant now) {
  change.clear_outbox = true;
  change.clear_accepted = true;
  change.put_accepted.assign(journal_.entries().begin(), journal_.entries().end());
  change.user = user_;
  change.client = client_;
  change.next_seq = next_seq_;
  change.cookie = cookie_;
  change.clock_offset_ms = stored_clock_offset_ms_ = clock_offset_ms_;
  if (rows == Replica::StoredRows::leave) {
    change.clear_rows = true;
    replica_.copy_confirmed(change.put_rows, change.add_ledger, server_time(now));
  }
  const StorageTicket ticket = last_ticket_ + 1;
  for (Replica::Pending& pending : replica_.pending()) {
    pending.saving = 0;
    if (pending.result) continue;
    pending.saving = ticket;
    change.put_outbox.push_back(pending.entry);
  }
}

void SyncClient::adopt(const CommandId& id, Command command, Instant decided_at, Instant now) {
  if (!user_ || replica_.is_known(id)) return;
  Replica::Pending pending;
  pending.entry = {next_seq_++, id, decided_at, std::move(command)};
  if (auto outcome = replica_.try_predict(id, pending.entry.command, server_time(now))) {
    pending.prediction = *std::move(outcome);
  }
  StorageWrite change;
  change.next_seq = next_seq_;
  change.put_outbox = {pending.entry};
  pending.saving = last_ticket_ + 1;
  replica_.add(std::move(pending));
  write(change);
  ++version_;
  update_status();
  tick(now);
}

void SyncClient::counterpart_changed(Instant now) {
  if (client_) register_anew();
  refresh(now);
}

wire::PullResponse SyncClient::confirmed(Instant now) {
  wire::PullResponse response;
  response.server_now = server_time(now);
  response.cookie = cookie_;
  response.reset = true;
  replica_.copy_confirmed(response.rows, response.ledger, server_time(now));
  return response;
}

}  // namespace yuanyue::sync
