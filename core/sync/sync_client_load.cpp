// A storage that opens late, and commands of other tabs.
#include <utility>

#include "core/people/enterprise.h"
#include "core/sync/sync_client.h"

namespace yuanyue::sync {

void SyncClient::load(const StoredReplica& stored, Instant now) {
  status_.storage_failed = false;
  ++version_;
  const bool is_empty = !stored.client;
  if (is_empty && !sender_.client()) return;
  auto rows = Replica::StoredRows::leave;
  const bool is_ours = !user_ || user_ == stored.user;
  if (!is_empty && is_ours) {
    sender_.abort();
    puller_.abort();
    puller_.do_not_wait();
    user_ = stored.user;
    if (puller_.cookie().empty()) {
      rows = Replica::StoredRows::take;
      puller_.load(stored.cookie);
    }
    clock_.load(stored.clock_offset_ms);
    sender_.join(stored, rows);
    // A storage that holds much of what is no more to be kept gets the whole replica again.
    if (replica_.forget_old_entries(server_time(now))) rows = Replica::StoredRows::leave;
    if (session_ == Session::none) session_ = Session::unproven;
  }
  Save save = next_save();
  save.change.wipe = !is_empty && !is_ours;
  put_everything(save, rows, now);
  write(save);
  replica_.set_actor(actor());
  replica_.predict_again(server_time(now));
  update_status();
  tick(now);
}

// What a storage must be told so that it holds this replica and nothing else; `take`: its rows are
// the same already.
void SyncClient::put_everything(Save& save, Replica::StoredRows rows, Instant now) {
  StorageWrite& change = save.change;
  change.clear_accepted = true;
  change.put_accepted.assign(journal_.entries().begin(), journal_.entries().end());
  change.user = user_;
  change.cookie = puller_.cookie();
  change.clock_offset_ms = clock_.take_offset();
  if (rows == Replica::StoredRows::leave) {
    change.clear_rows = true;
    replica_.copy_confirmed(change.put_rows, change.add_ledger, server_time(now));
  }
  // No write before this one is answered any more.
  for (Replica::Pending& pending : replica_.pending()) pending.saving = 0;
  sender_.put_outbox(save);
}

void SyncClient::adopt(const CommandId& id, AnyCommand command, Instant decided_at, Instant now) {
  if (!user_ || replica_.is_known(id)) return;
  Replica::Pending pending;
  pending.entry = {0, id, decided_at, std::move(command)};
  if (auto outcome = replica_.try_predict(id, pending.entry.command, server_time(now))) {
    pending.prediction = *std::move(outcome);
  }
  Save save = next_save();
  sender_.add(std::move(pending), save);
  write(save);
  ++version_;
  update_status();
  tick(now);
}

void SyncClient::counterpart_changed(Instant now) {
  if (sender_.client()) register_anew();
  refresh(now);
}

wire::PullResponse SyncClient::confirmed(Instant now) {
  wire::PullResponse response;
  response.server_now = server_time(now);
  response.cookie = puller_.cookie();
  response.reset = true;
  replica_.copy_confirmed(response.rows, response.ledger, server_time(now));
  return response;
}

}  // namespace yuanyue::sync
