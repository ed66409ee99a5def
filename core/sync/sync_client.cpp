#include "core/sync/sync_client.h"

#include <algorithm>
#include <cstdlib>
#include <utility>

#include "core/domains/codec.h"
#include "core/kernel/engine.h"

namespace yuanyue::sync {
namespace {

constexpr int failures_until_offline = 3;
constexpr std::int64_t max_retry_after_ms = 5 * ms_per_minute;
// Room for the frame around the commands.
constexpr std::size_t push_bytes_wanted = wire::max_push_bytes * 3 / 4;
// A long poll's answer says little about how long it travelled.
constexpr std::int64_t long_poll_uncertainty_ms = 1'000;
// A page that opens without a network decides by the clock that the last one had learned.
constexpr std::int64_t clock_change_stored_ms = 2'000;

bool is_success(const TransportAnswer& answer) { return answer.status == 200; }

// What the server said, or what its status says when the body is not ours (a proxy's page).
wire::ErrorBody error_of(const TransportAnswer& answer) {
  if (auto body = wire::decode_error_body(answer.body)) return *std::move(body);
  switch (answer.status) {
    case 400:
      return {wire::ErrorCode::malformed, "", ""};
    case 401:
      return {wire::ErrorCode::unauthenticated, "", ""};
    case 413:
      return {wire::ErrorCode::too_large, "", ""};
    case 426:
      return {wire::ErrorCode::protocol_too_old, "", ""};
    case 429:
      return {wire::ErrorCode::too_many_requests, "", ""};
    default:
      return {wire::ErrorCode::unavailable, "", ""};
  }
}

bool can_prove_wrong(RejectionCode code) { return code != RejectionCode::not_found; }

}  // namespace

SyncClient::SyncClient(SyncStorage& storage, SyncTransport& transport, const Uuid& seed,
                       const StoredReplica& stored, SyncSettings settings)
    : storage_(storage), transport_(transport), settings_(settings), seed_(seed) {
  status_.connection = Connection::signed_out;
  user_ = stored.user;
  client_ = stored.client;
  next_seq_ = stored.next_seq;
  cookie_ = stored.cookie;
  clock_offset_ms_ = stored.clock_offset_ms;
  stored_clock_offset_ms_ = stored.clock_offset_ms;
  status_.has_replica = !cookie_.empty();
  replica_.load(stored);
  journal_.load(stored.accepted);
  status_.pending = replica_.count_unsettled();
}

Uuid SyncClient::draw() { return derive(seed_, ++drawn_); }

// --- commands ----------------------------------------------------------------------------------

Result<Submission> SyncClient::submit(Command command, const CommandId& id, Instant now) {
  // What the server would not even read is refused here, with the same path.
  if (const auto checked = wire::decode_command(wire::encode(command)); !checked) {
    Rejection rejection;
    rejection.field = checked.error().path;
    return std::unexpected(std::move(rejection));
  }
  if (!user_) return std::unexpected(Rejection{.code = RejectionCode::not_permitted});
  if (replica_.is_known(id))
    return std::unexpected(Rejection{.code = RejectionCode::already_exists});
  const Instant server_now = server_time(now);
  auto outcome = replica_.try_predict(id, command, server_now);
  if (!outcome && status_.has_replica && can_prove_wrong(outcome.error().code)) {
    return std::unexpected(std::move(outcome.error()));
  }
  Replica::Pending pending;
  pending.entry = {next_seq_++, id, server_now, std::move(command)};
  Submission submission;
  if (outcome) {
    submission.predicted = true;
    submission.outcome = *outcome;
    pending.prediction = *std::move(outcome);
  }
  StorageWrite change;
  change.next_seq = next_seq_;
  change.put_outbox = {pending.entry};
  const StorageTicket ticket = last_ticket_ + 1;
  pending.saving = ticket;
  replica_.add(std::move(pending));
  write(change);
  ++version_;
  update_status();
  tick(now);
  return submission;
}

std::vector<SyncEvent> SyncClient::take_events() { return std::exchange(events_, {}); }

// --- storage -----------------------------------------------------------------------------------

void SyncClient::write(const StorageWrite& change) {
  const StorageTicket ticket = ++last_ticket_;
  const StorageAnswer answer = storage_.write(ticket, change);
  if (answer != StorageAnswer::pending) storage_answered(ticket, answer, Instant{});
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

// FIFO: the first one without a result must have been written.
bool SyncClient::has_command_to_send() const {
  for (const Replica::Pending& pending : replica_.pending()) {
    if (!pending.result) return pending.saving == 0;
  }
  return false;
}

// The long poll is answered by the commit that accepted a command, but not when the command had
// been settled long before, under another client id, or when the wake-up is lost.
bool SyncClient::waits_for_rows() const {
  return pull_.waits && std::ranges::any_of(replica_.pending(), [](const Replica::Pending& each) {
           return each.result.has_value();
         });
}

void SyncClient::tick(Instant now) {
  if (!may_send()) return;
  if (waits_for_rows() && rows_wanted_at_ <= now) {
    abort(pull_);
    pulled_ = false;  // the next pull does not wait
  }
  // A device clock that was set back must not leave the client waiting.
  for (Backoff* backoff : {&push_backoff_, &pull_backoff_}) {
    if (backoff->retry_at > now + 2 * max_retry_after_ms) backoff->retry_at = now;
  }
  if (push_.ticket == 0 && push_backoff_.retry_at <= now) start_push(now);
  if (pull_.ticket == 0 && pull_backoff_.retry_at <= now) start_pull(now);
  update_status();
}

Instant SyncClient::next_wake() const {
  if (!may_send()) return never;
  Instant wake = never;
  if (push_.ticket == 0 && has_command_to_send()) wake = std::min(wake, push_backoff_.retry_at);
  if (pull_.ticket == 0) wake = std::min(wake, pull_backoff_.retry_at);
  if (waits_for_rows()) wake = std::min(wake, rows_wanted_at_);
  return wake;
}

void SyncClient::start_push(Instant now) {
  wire::PushRequest request;
  request.client = client_;
  const std::size_t count_max = push_one_by_one_ ? 1 : settings_.max_push_commands;
  std::size_t bytes = 0;
  for (const Replica::Pending& pending : replica_.pending()) {
    if (pending.result) continue;
    if (pending.saving != 0 || request.commands.size() >= count_max) break;
    const auto& commands = request.commands;
    if (!commands.empty() && pending.entry.seq != commands.back().seq + 1) break;
    bytes += wire::encode(pending.entry.command).size();
    if (!commands.empty() && bytes > push_bytes_wanted) break;
    request.commands.push_back({pending.entry.seq, pending.entry.id, pending.entry.command});
  }
  if (request.commands.empty()) return;
  push_ = {++last_ticket_, now, false, request.commands.size()};
  transport_.start_push(push_.ticket, std::string(wire::push_path), wire::encode(request),
                        settings_.push_timeout_ms);
}

void SyncClient::start_pull(Instant now) {
  wire::PullRequest request;
  request.client = client_;
  request.cookie = cookie_;
  // The first answer is wanted at once, and after a failure the proof that all is well again.
  request.wait_ms = pulled_ && pull_backoff_.failures == 0 ? settings_.pull_wait_ms : 0;
  pull_ = {++last_ticket_, now, request.wait_ms > 0, 0};
  rows_wanted_at_ = now + settings_.rows_wait_ms;
  replica_.pull_started();
  transport_.start_pull(pull_.ticket,
                        std::string(wire::pull_path) + '?' + wire::pull_query(request),
                        request.wait_ms + settings_.pull_timeout_ms);
}

void SyncClient::transport_answered(TransportTicket ticket, const TransportAnswer& answer,
                                    Instant now) {
  if (ticket == 0) return;
  if (ticket == push_.ticket) {
    push_answered(answer, std::exchange(push_, {}), now);
  } else if (ticket == pull_.ticket) {
    pull_answered(answer, std::exchange(pull_, {}), now);
  } else {
    return;  // an aborted one
  }
  tick(now);
}

void SyncClient::push_answered(const TransportAnswer& answer, const Request& request, Instant now) {
  if (!is_success(answer)) return request_refused(Direction::push, answer, request, now);
  const auto response = wire::decode_push_response(answer.body);
  if (!response) return back_off(push_backoff_, answer.retry_after_ms, now);
  note_server_clock(response->server_now, request.sent_at, now);
  StorageWrite change;
  for (const wire::CommandResult& result : response->results) {
    if (replica_.take_result(result)) note_settled(result, change, now);
  }
  // An answer that settles nothing must not be asked for again at once, unless a pull has brought
  // the results before it.
  if (change.erase_outbox.empty() && replica_.count_unsettled() > 0) {
    return back_off(push_backoff_, answer.retry_after_ms, now);
  }
  push_backoff_ = {};
  push_one_by_one_ = false;
  rows_wanted_at_ = now + settings_.rows_wait_ms;
  write(change);
  replica_.predict_again(server_time(now));
  take_settled();
  ++version_;
}

void SyncClient::pull_answered(const TransportAnswer& answer, const Request& request, Instant now) {
  if (!is_success(answer)) return request_refused(Direction::pull, answer, request, now);
  auto response = wire::decode_pull_response(answer.body);
  if (!response) return back_off(pull_backoff_, answer.retry_after_ms, now);
  if (request.waits) {
    learn_clock(response->server_now - now, long_poll_uncertainty_ms);
  } else {
    note_server_clock(response->server_now, request.sent_at, now);
  }
  pull_backoff_ = {};
  const bool has_news = response->reset || response->cookie != cookie_;
  // A server that does not wait is asked now and then.
  if (request.waits && !has_news && now - request.sent_at < settings_.poll_ms) {
    pull_backoff_.retry_at = request.sent_at + settings_.poll_ms;
  }
  pulled_ = true;
  status_.last_synced_at = now;
  if (!has_news && replica_.pending().empty()) return;

  cookie_ = response->cookie;
  status_.has_replica = true;
  // What a push is still answered may be of a history that is no more; it is asked again.
  if (response->reset) abort(push_);
  StorageWrite change;
  for (const wire::CommandResult& result : response->results) {
    if (replica_.take_result(result)) note_settled(result, change, now);
  }
  replica_.take_pull(*response, server_time(now));
  const bool are_forgotten = send_forgotten_again(*response, change, now);
  change.clear_rows = response->reset;
  change.cookie = cookie_;
  if (std::abs(clock_offset_ms_ - stored_clock_offset_ms_) > clock_change_stored_ms) {
    stored_clock_offset_ms_ = clock_offset_ms_;
    change.clock_offset_ms = clock_offset_ms_;
  }
  change.put_rows = std::move(response->rows);
  change.erase_rows = std::move(response->deletes);
  change.add_ledger = std::move(response->ledger);
  if (replica_.count_unsettled() == 0) push_backoff_ = {};  // a lost push came through after all
  // One write: what leaves the journal must be in the outbox when the page ends here.
  if (are_forgotten) number_anew(change);
  write(change);
  take_settled();
  ++version_;
}

void SyncClient::take_settled() {
  for (CommandEvent& event : replica_.take_settled()) {
    std::visit([&](auto& each) { events_.emplace_back(std::move(each)); }, event);
  }
}

// --- errors ------------------------------------------------------------------------------------

void SyncClient::back_off(Backoff& backoff, std::int64_t retry_after_ms, Instant now) {
  const int doublings = std::min(backoff.failures, 16);
  ++backoff.failures;
  backoff.slowed = false;
  const std::int64_t full = std::min(settings_.retry_max_ms, settings_.retry_min_ms << doublings);
  const auto jitter = static_cast<std::int64_t>(draw().low % 1'001);  // per mille
  const std::int64_t delay = full / 2 + full * jitter / 1'000;
  backoff.retry_at = now + std::max(delay, std::min(retry_after_ms, max_retry_after_ms));
}

void SyncClient::request_refused(Direction direction, const TransportAnswer& answer,
                                 const Request& request, Instant now) {
  Backoff& backoff = direction == Direction::push ? push_backoff_ : pull_backoff_;
  const auto signed_out = [&](SignOutReason reason) {
    stop(Connection::signed_out);
    if (reason == SignOutReason::session_ended) forget_rows(now);
    events_.emplace_back(SignedOut{reason});
    ++version_;
  };
  if (answer.status < 400) return back_off(backoff, answer.retry_after_ms, now);
  const wire::ErrorBody error = error_of(answer);
  switch (error.code) {
    case wire::ErrorCode::unauthenticated:
    case wire::ErrorCode::csrf:
      return signed_out(SignOutReason::session_ended);
    case wire::ErrorCode::wrong_user:
      return signed_out(SignOutReason::wrong_user);
    case wire::ErrorCode::password_change_required:
      return signed_out(SignOutReason::password_change_required);
    case wire::ErrorCode::protocol_too_old:
      return stop(Connection::update_needed);
    case wire::ErrorCode::unknown_client:
    case wire::ErrorCode::sequence_gap:
      register_anew();
      break;
    case wire::ErrorCode::malformed:
    case wire::ErrorCode::too_large:
    case wire::ErrorCode::unsupported_media_type:
      if (direction == Direction::push) return push_malformed(error, request, now);
      cookie_.clear();  // all that a pull could have wrong
      break;
    default:
      break;
  }
  back_off(backoff, answer.retry_after_ms, now);
  backoff.slowed = error.code == wire::ErrorCode::too_many_requests;
}

// The server could not read the push as a whole. Sent one by one, the one that it cannot read is
// found; it is given back as a refusal, so that the others can go on.
void SyncClient::push_malformed(const wire::ErrorBody& error, const Request& request, Instant now) {
  if (request.size > 1) {
    push_one_by_one_ = true;
    return;
  }
  const auto& pending = replica_.pending();
  const auto first = std::ranges::find_if(
      pending, [](const Replica::Pending& each) { return !each.result.has_value(); });
  if (first == pending.end()) return;
  const OutboxEntry entry = first->entry;
  Rejection rejection;
  rejection.field = error.field;
  events_.emplace_back(CommandRefused{entry.id, entry.command, std::move(rejection)});
  replica_.drop(entry.id, server_time(now));
  push_one_by_one_ = false;
  ++version_;
  // Its number was not used up; a new client has no gap.
  register_anew();
}

// The server does not know the client, or has forgotten some of its commands (a restored backup).
// The ids of the commands keep each from being applied twice.
void SyncClient::register_anew() {
  StorageWrite change;
  number_anew(change);
  write(change);
}

// `change` is what is written next.
void SyncClient::number_anew(StorageWrite& change) {
  abort(push_);
  abort(pull_);
  client_ = ClientId(draw());
  next_seq_ = replica_.renumber();
  change.clear_outbox = true;
  change.client = client_;
  change.next_seq = next_seq_;
  for (const Replica::Pending& pending : replica_.pending()) {
    if (!pending.result) change.put_outbox.push_back(pending.entry);
  }
  const StorageTicket ticket = last_ticket_ + 1;
  for (Replica::Pending& pending : replica_.pending()) {
    if (!pending.result) pending.saving = ticket;
  }
}

// --- clock and status --------------------------------------------------------------------------

void SyncClient::note_server_clock(Instant server_now, Instant sent_at, Instant received_at) {
  const std::int64_t half_round_trip_ms = std::max<std::int64_t>(0, received_at - sent_at) / 2;
  learn_clock(server_now - received_at + half_round_trip_ms, half_round_trip_ms);
}

// The best sample stays, until one contradicts it: then a clock has been set.
void SyncClient::learn_clock(std::int64_t offset_ms, std::int64_t uncertainty_ms) {
  const std::int64_t known = clock_uncertainty_ms_.value_or(INT64_MAX / 4);
  const std::int64_t distance = std::abs(offset_ms - clock_offset_ms_);
  if (clock_uncertainty_ms_ && uncertainty_ms > known && distance <= uncertainty_ms + known) return;
  clock_offset_ms_ = offset_ms;
  clock_uncertainty_ms_ = uncertainty_ms;
}

void SyncClient::set_online_hint(bool online, Instant now) {
  online_hint_ = online;
  if (online) {
    refresh(now);
  } else {
    update_status();
  }
}

void SyncClient::refresh(Instant now) {
  if (!may_send()) return;
  if (pull_.waits) abort(pull_);
  pulled_ = false;  // the next pull does not wait
  push_backoff_.retry_at = now;
  pull_backoff_.retry_at = now;
  tick(now);
}

void SyncClient::update_status() {
  const SyncStatus before = status_;
  const int push_failures = push_backoff_.slowed ? 0 : push_backoff_.failures;
  const int failures = std::max(push_failures, pull_backoff_.failures);
  if (session_ == Session::update_needed) {
    status_.connection = Connection::update_needed;
  } else if (session_ == Session::unproven) {
    status_.connection = online_hint_ ? Connection::connecting : Connection::offline;
  } else if (session_ == Session::none) {
    status_.connection = Connection::signed_out;
  } else if (!online_hint_ || failures >= failures_until_offline) {
    status_.connection = Connection::offline;
  } else if (failures > 0 || !status_.last_synced_at || !status_.has_replica) {
    status_.connection = Connection::connecting;
  } else {
    status_.connection = Connection::online;
  }
  status_.pending = replica_.count_unsettled();
  status_.unsaved = replica_.count_unsaved();
  status_.slowed_until =
      push_backoff_.slowed ? std::optional(push_backoff_.retry_at) : std::nullopt;
  if (status_.connection != before.connection || status_.pending != before.pending ||
      status_.unsaved != before.unsaved || status_.slowed_until != before.slowed_until) {
    ++version_;
  }
}

}  // namespace yuanyue::sync
