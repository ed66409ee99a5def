#include "core/sync/sender.h"

#include <algorithm>
#include <string>
#include <utility>

#include "core/domains/codec.h"
#include "core/kernel/refusals.h"

namespace yuanyue::sync {
namespace {

// Room for the frame around the commands.
constexpr std::size_t push_bytes_wanted = wire::max_push_bytes * 3 / 4;

bool is_unsettled(const Replica::Pending& pending) { return !pending.result.has_value(); }

}  // namespace

// --- the outbox and its numbers ----------------------------------------------------------------

void Sender::load(const StoredReplica& stored) {
  client_ = stored.client;
  next_seq_ = stored.next_seq;
}

void Sender::join(const StoredReplica& stored, Replica::StoredRows rows) {
  const bool is_fresh = replica_.pending().empty() && stored.client != client_;
  next_seq_ = replica_.join(stored, rows);
  journal_.join(stored.accepted);
  client_ = stored.client;
  if (is_fresh) return;
  // Two numberings met, or the stored one is behind. A new client starts at 1; the ids of the
  // commands keep each from being applied twice.
  client_ = ClientId(link_.ids.next());
  next_seq_ = replica_.renumber();
}

void Sender::clear() {
  client_ = {};
  next_seq_ = 1;
}

void Sender::introduce(Save& save) {
  client_ = ClientId(link_.ids.next());
  save.change.client = client_;
  save.change.next_seq = next_seq_;
}

void Sender::number_anew(Save& save) {
  abort();
  client_ = ClientId(link_.ids.next());
  next_seq_ = replica_.renumber();
  put_outbox(save);
}

void Sender::put_outbox(Save& save) {
  save.change.clear_outbox = true;
  save.change.client = client_;
  save.change.next_seq = next_seq_;
  for (Replica::Pending& pending : replica_.pending()) {
    if (!is_unsettled(pending)) continue;
    pending.saving = save.ticket;
    save.change.put_outbox.push_back(pending.entry);
  }
}

void Sender::add(Replica::Pending pending, Save& save) {
  pending.entry.seq = next_seq_++;
  pending.saving = save.ticket;
  save.change.next_seq = next_seq_;
  save.change.put_outbox = {pending.entry};
  replica_.add(std::move(pending));
}

// --- pushing -----------------------------------------------------------------------------------

bool Sender::has_command_to_send() const {
  const auto first = std::ranges::find_if(replica_.pending(), is_unsettled);
  return first != replica_.pending().end() && first->saving == 0;
}

wire::PushRequest Sender::next_request() const {
  wire::PushRequest request;
  request.client = client_;
  const std::size_t count_max = one_by_one_ ? 1 : link_.settings.max_push_commands;
  std::size_t bytes = 0;
  for (const Replica::Pending& pending : replica_.pending()) {
    if (!is_unsettled(pending)) continue;
    if (pending.saving != 0 || request.commands.size() >= count_max) break;
    const auto& commands = request.commands;
    if (!commands.empty() && pending.entry.seq != commands.back().seq + 1) break;
    bytes += wire::encode(pending.entry.command).size();
    if (!commands.empty() && bytes > push_bytes_wanted) break;
    request.commands.push_back({pending.entry.seq, pending.entry.id, pending.entry.command});
  }
  return request;
}

void Sender::start(Instant now) {
  backoff_.mind_clock(now);
  if (request_.ticket != 0 || !backoff_.is_over(now)) return;
  const wire::PushRequest request = next_request();
  if (request.commands.empty()) return;
  request_ = {++link_.last_ticket, now, request.commands.size()};
  link_.transport.start_push(request_.ticket, std::string(wire::push_path), wire::encode(request),
                             link_.settings.push_timeout_ms);
}

Instant Sender::next_wake() const {
  return request_.ticket == 0 && has_command_to_send() ? backoff_.retry_at() : never;
}

void Sender::abort() {
  if (request_.ticket != 0) link_.transport.abort(request_.ticket);
  request_ = {};
}

std::optional<Instant> Sender::slowed_until() const {
  return backoff_.slowed() ? std::optional(backoff_.retry_at()) : std::nullopt;
}

void Sender::back_off(std::int64_t retry_after_ms, Instant now) {
  backoff_.failed(link_.settings, retry_after_ms, link_.ids.next().low, now);
}

// --- answers -----------------------------------------------------------------------------------

PushAnswer Sender::take_answer(const TransportAnswer& answer, Instant now, Save& save) {
  const Request request = std::exchange(request_, {});
  if (!is_success(answer)) return refused(answer, request, now, save);
  const auto response = wire::decode_push_response(answer.body);
  if (!response) {
    back_off(answer.retry_after_ms, now);
    return {};
  }
  clock_.note_answer(response->server_now, request.sent_at, now);
  settle(response->results, save, now);
  // An answer that settles nothing must not be asked for again at once, unless a pull has brought
  // the results before it.
  if (save.change.erase_outbox.empty() && replica_.count_unsettled() > 0) {
    const bool counted_elsewhere = is_counted_elsewhere(response->results);
    if (counted_elsewhere) number_anew(save);
    back_off(answer.retry_after_ms, now);
    return {.kind = counted_elsewhere ? PushAnswer::Kind::numbered : PushAnswer::Kind::waits};
  }
  backoff_.succeeded();
  one_by_one_ = false;
  return {.kind = PushAnswer::Kind::settled};
}

// One of our numbers stands for another command: two pages have counted under this client id, one
// of them asleep while its storage was given to the other. Under these numbers ours would never be
// read.
bool Sender::is_counted_elsewhere(const std::vector<wire::CommandResult>& results) const {
  return std::ranges::any_of(replica_.pending(), [&](const Replica::Pending& pending) {
    return is_unsettled(pending) &&
           std::ranges::any_of(results, [&](const wire::CommandResult& result) {
             return result.seq == pending.entry.seq && result.id != pending.entry.id;
           });
  });
}

void Sender::settle(const std::vector<wire::CommandResult>& results, Save& save, Instant now) {
  for (const wire::CommandResult& result : results) {
    if (!replica_.take_result(result)) continue;
    for (const Replica::Pending& pending : replica_.pending()) {
      if (pending.entry.id != result.id) continue;
      save.change.erase_outbox.push_back(pending.entry.seq);
      if (result.accepted) journal_.add(pending.entry, clock_.at(now), save.change);
    }
  }
}

PushAnswer Sender::refused(const TransportAnswer& answer, const Request& request, Instant now,
                           Save& save) {
  RefusedRequest refusal = refused_request(answer);
  switch (refusal.demand) {
    case Demand::sign_in:
    case Demand::right_user:
    case Demand::new_password:
    case Demand::newer_page:
      return {.kind = PushAnswer::Kind::stopped, .demand = refusal.demand};
    case Demand::mending:
      return unreadable(refusal.field, request, now, save);
    // The server does not know the client, or has forgotten some of its commands (a restored
    // backup).
    case Demand::new_client:
      number_anew(save);
      back_off(answer.retry_after_ms, now);
      return {.kind = PushAnswer::Kind::numbered};
    case Demand::slowing_down:
      back_off(answer.retry_after_ms, now);
      backoff_.mark_slowed();
      return {};
    case Demand::patience:
      break;
  }
  back_off(answer.retry_after_ms, now);
  return {};
}

// The server could not read the push as a whole. Sent one by one, the one that it cannot read is
// found; it is given back as a refusal, so that the others can go on.
PushAnswer Sender::unreadable(const std::string& field, const Request& request, Instant now,
                              Save& save) {
  if (request.size > 1) {
    one_by_one_ = true;
    return {};
  }
  const auto first = std::ranges::find_if(replica_.pending(), is_unsettled);
  if (first == replica_.pending().end()) return {};
  Rejection rejection = refuse_invalid(field);
  PushAnswer answer{
      .kind = PushAnswer::Kind::numbered,
      .unreadable = CommandRefused{first->entry.id, first->entry.command, std::move(rejection)}};
  replica_.drop(answer.unreadable->id, clock_.at(now));
  one_by_one_ = false;
  // Its number was not used up; a new client has no gap.
  number_anew(save);
  return answer;
}

// An accepted command that a complete ledger does not name was forgotten, by a server restored from
// a backup; or it is out of this user's sight now, and sending it again does nothing.
void Sender::send_forgotten_again(const std::vector<LedgerEntry>& complete_ledger, Save& save,
                                  Instant now) {
  std::vector<OutboxEntry> forgotten =
      journal_.take_forgotten(complete_ledger, clock_.at(now), save.change);
  std::erase_if(forgotten, [&](const OutboxEntry& entry) {
    if (!replica_.is_ahead_of_pulls(entry.id)) return false;
    journal_.add(entry, clock_.at(now), save.change);  // settled since the pull was sent
    return true;
  });
  if (forgotten.empty()) return;
  replica_.take_forgotten(std::move(forgotten), clock_.at(now));
  // One save: what leaves the journal must be in the outbox when the page ends here.
  number_anew(save);
}

}  // namespace yuanyue::sync
