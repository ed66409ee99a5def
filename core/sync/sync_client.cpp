#include "core/sync/sync_client.h"

#include <algorithm>
#include <utility>

#include "core/domains/codec.h"
#include "core/kernel/engine.h"
#include "core/kernel/refusals.h"
#include "core/people/enterprise.h"

namespace yuanyue::sync {
namespace {

constexpr int failures_until_offline = 3;

bool can_prove_wrong(const RefusalOf& code) { return code != refusals::not_found; }

}  // namespace

SyncClient::SyncClient(SyncStorage& storage, SyncTransport& transport, const Uuid& seed,
                       const StoredReplica& stored, SyncSettings settings)
    : storage_(storage), link_{transport, settings, IdSource(seed)}, user_(stored.user) {
  replica_.load(stored);
  journal_.load(stored.accepted);
  clock_.load(stored.clock_offset_ms);
  sender_.load(stored);
  puller_.load(stored.cookie);
  update_status();
  version_ = 0;
}

// --- commands ----------------------------------------------------------------------------------

Result<Submission> SyncClient::submit(AnyCommand command, const CommandId& id, Instant now) {
  // What the server would not even read is refused here, with the same path.
  if (const auto checked = wire::decode_command(wire::encode(command)); !checked) {
    return std::unexpected(refuse_invalid(checked.error().path));
  }
  if (!user_) return std::unexpected(refuse(refusals::not_permitted, no_detail));
  if (replica_.is_known(id)) return std::unexpected(refuse(refusals::already_exists, no_detail));
  const Instant server_now = server_time(now);
  auto outcome = replica_.try_predict(id, command, server_now);
  if (!outcome && puller_.has_replica() && can_prove_wrong(outcome.error().code)) {
    return std::unexpected(std::move(outcome.error()));
  }
  Replica::Pending pending;
  pending.entry = {0, id, server_now, std::move(command)};
  Submission submission;
  if (outcome) {
    submission.predicted = true;
    submission.outcome = outcome->clone();
    pending.prediction = *std::move(outcome);
  }
  Save save = next_save();
  sender_.add(std::move(pending), save);
  write(save);
  ++version_;
  update_status();
  tick(now);
  return submission;
}

std::vector<SyncEvent> SyncClient::take_events() { return std::exchange(events_, {}); }

// --- storage -----------------------------------------------------------------------------------

void SyncClient::write(const Save& save) {
  const StorageAnswer answer = storage_.write(save.ticket, save.change);
  if (answer != StorageAnswer::pending) storage_answered(save.ticket, answer, Instant{});
}

void SyncClient::storage_answered(StorageTicket ticket, StorageAnswer answer, Instant now) {
  if (answer == StorageAnswer::failed && !status_.storage_failed) {
    status_.storage_failed = true;
    ++version_;
  }
  // A command that could not be kept is sent all the same: the user sees that it may be lost with
  // the page, and that is better than to lose it now.
  for (Replica::Pending& pending : replica_.pending()) {
    if (pending.saving == ticket) pending.saving = 0;
  }
  update_status();
  if (now != Instant{}) tick(now);
}

// --- requests ----------------------------------------------------------------------------------

void SyncClient::tick(Instant now) {
  if (!may_send()) return;
  puller_.give_up_waiting(now);
  sender_.start(now);
  puller_.start(sender_.client(), now);
  update_status();
}

Instant SyncClient::next_wake() const {
  return may_send() ? std::min(sender_.next_wake(), puller_.next_wake()) : never;
}

void SyncClient::transport_answered(TransportTicket ticket, const TransportAnswer& answer,
                                    Instant now) {
  if (sender_.awaits(ticket)) {
    push_answered(answer, now);
  } else if (puller_.awaits(ticket)) {
    pull_answered(answer, now);
  } else {
    return;  // an aborted one
  }
  tick(now);
}

void SyncClient::push_answered(const TransportAnswer& answer, Instant now) {
  Save save = next_save();
  PushAnswer came = sender_.take_answer(answer, now, save);
  switch (came.kind) {
    case PushAnswer::Kind::waits:
      return;
    case PushAnswer::Kind::stopped:
      return stop_for(came.demand, now);
    case PushAnswer::Kind::numbered:
      puller_.abort();
      if (came.unreadable) {
        events_.emplace_back(*std::move(came.unreadable));
        ++version_;
      }
      return write(save);
    case PushAnswer::Kind::settled:
      puller_.expect_rows(now);
      write(save);
      replica_.predict_again(server_time(now));
      take_settled();
      ++version_;
  }
}

void SyncClient::pull_answered(const TransportAnswer& answer, Instant now) {
  PullAnswer came = puller_.take_answer(answer, now);
  switch (came.kind) {
    case PullAnswer::Kind::waits:
      return;
    case PullAnswer::Kind::stopped:
      return stop_for(came.demand, now);
    case PullAnswer::Kind::renew:
      register_anew();
      return puller_.back_off(answer.retry_after_ms, now);
    case PullAnswer::Kind::news:
      return apply(std::move(came.response), now);
  }
}

void SyncClient::apply(wire::PullResponse response, Instant now) {
  // What a push is still answered may be of a history that is no more; it is asked again.
  if (response.reset) sender_.abort();
  Save save = next_save();
  sender_.settle(response.results, save, now);
  replica_.take_pull(response, server_time(now));
  if (response.reset) sender_.send_forgotten_again(response.ledger, save, now);
  save.change.clear_rows = response.reset;
  save.change.cookie = puller_.cookie();
  save.change.clock_offset_ms = clock_.take_changed_offset();
  save.change.put_rows = std::move(response.rows);
  save.change.erase_rows = std::move(response.deletes);
  save.change.add_ledger = std::move(response.ledger);
  // A lost push came through after all.
  if (replica_.count_unsettled() == 0) sender_.forget_failures();
  write(save);
  take_settled();
  ++version_;
}

void SyncClient::take_settled() {
  for (CommandEvent& event : replica_.take_settled()) {
    std::visit([&](auto& each) { events_.emplace_back(std::move(each)); }, event);
  }
}

void SyncClient::register_anew() {
  Save save = next_save();
  sender_.number_anew(save);
  puller_.abort();
  write(save);
}

void SyncClient::refresh(Instant now) {
  if (!may_send()) return;
  sender_.try_now(now);
  puller_.ask_now(now);
  tick(now);
}

// --- status ------------------------------------------------------------------------------------

void SyncClient::set_online_hint(bool online, Instant now) {
  online_hint_ = online;
  if (online) {
    refresh(now);
  } else {
    update_status();
  }
}

Connection SyncClient::connection() const {
  switch (session_) {
    case Session::update_needed:
      return Connection::update_needed;
    case Session::unproven:
      return online_hint_ ? Connection::connecting : Connection::offline;
    case Session::none:
      return Connection::signed_out;
    case Session::open:
      break;
  }
  const int failures = std::max(sender_.failures(), puller_.failures());
  if (!online_hint_ || failures >= failures_until_offline) return Connection::offline;
  const bool is_complete = puller_.last_synced_at() && puller_.has_replica();
  return failures > 0 || !is_complete ? Connection::connecting : Connection::online;
}

void SyncClient::update_status() {
  const SyncStatus before = status_;
  status_.connection = connection();
  status_.pending = replica_.count_unsettled();
  status_.unsaved = replica_.count_unsaved();
  status_.slowed_until = sender_.slowed_until();
  status_.last_synced_at = puller_.last_synced_at();
  status_.has_replica = puller_.has_replica();
  if (status_.connection != before.connection || status_.pending != before.pending ||
      status_.unsaved != before.unsaved || status_.slowed_until != before.slowed_until) {
    ++version_;
  }
}

}  // namespace yuanyue::sync
