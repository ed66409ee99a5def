#include "web/app/tab_leader.h"

#include <algorithm>
#include <utility>

#include "core/protocol/protocol.h"
#include "core/sync/storage_text.h"

namespace yuanyue::web::app {
namespace {

constexpr std::size_t results_kept = 1'000;
constexpr std::size_t deltas_kept = 32;
constexpr std::size_t delta_bytes_kept = 4 * 1024 * 1024;
// A follower whose user is not the leader's asks again when both have looked who is signed in.
constexpr std::int64_t retry_after_ms = 1'000;

std::string percent_decoded(std::string_view text) {
  const auto digit = [](char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : 0;
  };
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '%' && i + 2 < text.size()) {
      out += static_cast<char>(digit(text[i + 1]) * 16 + digit(text[i + 2]));
      i += 2;
    } else {
      out += text[i];
    }
  }
  return out;
}

// The value of a field of a query.
std::string field_of(std::string_view path, std::string_view name) {
  std::string_view query = path.substr(std::min(path.find('?') + 1, path.size()));
  while (!query.empty()) {
    const std::size_t end = std::min(query.find('&'), query.size());
    const std::string_view field = query.substr(0, end);
    query.remove_prefix(std::min(end + 1, query.size()));
    if (field.starts_with(name) && field.substr(name.size()).starts_with('=')) {
      return percent_decoded(field.substr(name.size() + 1));
    }
  }
  return {};
}

sync::TransportAnswer error(wire::ErrorCode code, std::int64_t retry_ms = 0) {
  return {wire::http_status(code), wire::encode(wire::ErrorBody{code, "", ""}), retry_ms};
}

}  // namespace

// --- questions ---------------------------------------------------------------------------------

void TabLeader::take(std::string_view from, const TabQuestion& question, Instant now) {
  const std::string tab(from);
  // A new one has to be told everything.
  if (tabs_.insert(tab).second) {
    told_outbox_.clear();
    told_online_.reset();
  }
  switch (question.kind) {
    case TabQuestion::Kind::keep:
      take_keep(tab, question, now);
      break;
    case TabQuestion::Kind::push:
      take_push(tab, question, now);
      break;
    case TabQuestion::Kind::pull:
      take_pull(tab, question, now);
      break;
    case TabQuestion::Kind::now:
      hurry(tab, question.ticket);
      break;
    case TabQuestion::Kind::abort:
      drop(tab, question.ticket);
      break;
  }
  sync_changed({}, now);
}

void TabLeader::adopt(const CommandId& id, const AnyCommand& command, Instant decided_at,
                      Instant now) {
  if (!results_.contains(id)) sync_.adopt(id, command, decided_at, now);
}

void TabLeader::take_keep(const std::string& tab, const TabQuestion& question, Instant now) {
  sync::StoredReplicaReader reader;
  reader.take(question.body);
  Keep keep{.tab = tab, .ticket = question.ticket, .ids = {}};
  for (const sync::OutboxEntry& entry : reader.finish().outbox) {
    adopt(entry.id, entry.command, entry.decided_at, now);
    keep.ids.push_back(entry.id);
  }
  keep.is_readable = reader.unreadable_commands().empty();
  keeps_.push_back(std::move(keep));
}

void TabLeader::take_push(const std::string& tab, const TabQuestion& question, Instant now) {
  const auto request = wire::decode_push_request(question.body);
  if (!request) return send_answer(tab, question.ticket, error(wire::ErrorCode::malformed));
  Push push{tab, question.ticket, {}};
  for (const wire::PushedCommand& pushed : request->commands) {
    adopt(pushed.id, pushed.command, sync_.server_time(now), now);
    numbered_[request->client][pushed.seq] = pushed.id;
    push.commands.push_back({pushed.seq, pushed.id});
  }
  pushes_.push_back(std::move(push));
}

void TabLeader::take_pull(const std::string& tab, const TabQuestion& question, Instant now) {
  const std::string_view path = question.body;
  Pull pull{
      .tab = tab, .ticket = question.ticket, .client = {}, .cookie = field_of(path, "cookie")};
  if (const auto client = parse_uuid(field_of(path, "client"))) pull.client = ClientId(*client);
  const std::string wait_ms = field_of(path, "wait_ms");
  pull.now = wait_ms.empty() || wait_ms == "0";
  // A tab has one pull at a time; an older one has been given up.
  std::erase_if(pulls_, [&](const Pull& held) { return held.tab == tab; });
  pulls_.push_back(std::move(pull));
  // Timers of a tab that nobody looks at are slow; those of the one that asks are not.
  if (sync_.status().connection == sync::Connection::offline) sync_.refresh(now);
}

void TabLeader::hurry(const std::string& tab, sync::TransportTicket ticket) {
  for (Pull& pull : pulls_) pull.now |= pull.tab == tab && pull.ticket == ticket;
}

void TabLeader::drop(const std::string& tab, sync::TransportTicket ticket) {
  const auto is_it = [&](const auto& held) { return held.tab == tab && held.ticket == ticket; };
  std::erase_if(pulls_, is_it);
  std::erase_if(pushes_, is_it);
}

// --- answers -----------------------------------------------------------------------------------

void TabLeader::send_answer(std::string_view to, sync::TransportTicket ticket,
                            const sync::TransportAnswer& answer) {
  send(to, TabAnswer{ticket, answer.status, answer.retry_after_ms, answer.body});
}

void TabLeader::sync_changed(const std::vector<sync::SyncEvent>& events, Instant now) {
  for (const sync::SyncEvent& event : events) remember(event);
  if (tabs_.empty()) return;
  tell_status();
  tell_outbox();
  std::erase_if(keeps_, [&](const Keep& keep) { return answer(keep); });
  std::erase_if(pushes_, [&](const Push& push) { return answer(push, now); });
  std::erase_if(pulls_, [&](const Pull& pull) { return answer(pull, now); });
}

void TabLeader::remember(const sync::SyncEvent& event) {
  wire::CommandResult result;
  if (const auto* confirmed = std::get_if<sync::CommandConfirmed>(&event)) {
    result.id = confirmed->id;
    result.accepted = true;
  } else if (const auto* corrected = std::get_if<sync::CommandCorrected>(&event)) {
    result.id = corrected->id;
    result.accepted = true;
  } else if (const auto* refused = std::get_if<sync::CommandRefused>(&event)) {
    result.id = refused->id;
    result.rejection = refused->rejection;
  } else {
    return;
  }
  if (results_.insert_or_assign(result.id, result).second) result_order_.push_back(result.id);
  if (result_order_.size() <= results_kept) return;
  results_.erase(result_order_.front());
  result_order_.pop_front();
}

// Why nothing can be asked of this tab now.
std::optional<sync::TransportAnswer> TabLeader::refusal() const {
  switch (sync_.status().connection) {
    case sync::Connection::offline:
      return sync::TransportAnswer{};
    case sync::Connection::update_needed:
      return error(wire::ErrorCode::protocol_too_old);
    case sync::Connection::signed_out:
      return error(wire::ErrorCode::unavailable, retry_after_ms);
    case sync::Connection::connecting:
    case sync::Connection::online:
      break;
  }
  return std::nullopt;
}

bool TabLeader::answer(const Keep& keep) {
  for (const sync::Replica::Pending& pending : sync_.pending()) {
    const bool is_kept = pending.saving == 0;
    const auto wanted = std::ranges::find(keep.ids, pending.entry.id);
    if (!is_kept && wanted != keep.ids.end()) return false;
  }
  const bool is_kept = keep.is_readable && !sync_.status().storage_failed;
  send(keep.tab, TabKept{keep.ticket, is_kept});
  return true;
}

// Those that are settled, from the first on; without any it waits.
bool TabLeader::answer(const Push& push, Instant now) {
  wire::PushResponse response;
  for (const Command& command : push.commands) {
    const auto settled = results_.find(command.id);
    if (settled == results_.end()) break;
    response.results.push_back(settled->second);
    response.results.back().seq = command.seq;
    response.last_seq = command.seq;
  }
  if (response.results.empty()) {
    const auto refused = refusal();
    if (refused) send_answer(push.tab, push.ticket, *refused);
    return refused.has_value();
  }
  response.server_now = sync_.server_time(now);
  send_answer(push.tab, push.ticket, {200, wire::encode(response)});
  return true;
}

bool TabLeader::answer(const Pull& pull, Instant now) {
  const bool is_behind = pull.cookie != sync_.cookie();
  if (!is_behind || !sync_.status().has_replica) {
    if (const auto refused = refusal()) {
      send_answer(pull.tab, pull.ticket, *refused);
      return true;
    }
  }
  if (!sync_.status().has_replica) return false;
  const auto numbered = numbered_.find(pull.client);
  const bool has_results =
      numbered != numbered_.end() && std::ranges::any_of(numbered->second, [&](const auto& each) {
        return results_.contains(each.second);
      });
  if (!is_behind && !has_results && !pull.now) return false;

  wire::PullResponse response = rows_since(pull.cookie, now);
  add_results(pull.client, response);
  send_answer(pull.tab, pull.ticket, {200, wire::encode(response)});
  return true;
}

// What is settled is in the leader's rows, but a single delta may not be all of them.
void TabLeader::add_results(const ClientId& client, wire::PullResponse& response) {
  const auto numbered = numbered_.find(client);
  if (response.cookie == sync_.cookie() && numbered != numbered_.end()) {
    for (auto each = numbered->second.begin(); each != numbered->second.end();) {
      const auto settled = results_.find(each->second);
      if (settled == results_.end()) break;
      response.results.push_back(settled->second);
      response.results.back().seq = each->first;
      last_seq_[client] = each->first;
      each = numbered->second.erase(each);
    }
  }
  const auto last = last_seq_.find(client);
  if (last != last_seq_.end()) response.last_seq = last->second;
}

wire::PullResponse TabLeader::rows_since(const std::string& cookie, Instant now) {
  wire::PullResponse response;
  response.cookie = cookie;
  response.server_now = sync_.server_time(now);
  if (cookie == sync_.cookie()) return response;
  const auto delta = std::ranges::find(deltas_, cookie, &Delta::before);
  if (!cookie.empty() && delta != deltas_.end()) {
    if (auto answered = wire::decode_pull_response(delta->body)) {
      answered->server_now = response.server_now;
      answered->results.clear();
      answered->last_seq = 0;
      return *std::move(answered);
    }
  }
  return sync_.confirmed(now);
}

void TabLeader::pulled(const std::string& before, const std::string& after,
                       const std::string& body) {
  if (tabs_.empty() || before == after) return;
  deltas_.push_back({before, after, body});
  std::size_t bytes = 0;
  for (const Delta& delta : deltas_) bytes += delta.body.size();
  while (!deltas_.empty() && (deltas_.size() > deltas_kept || bytes > delta_bytes_kept)) {
    bytes -= deltas_.front().body.size();
    deltas_.pop_front();
  }
}

// All tabs show the same: what waits in one waits in all.
void TabLeader::tell_outbox() {
  std::vector<CommandId> ids;
  for (const sync::Replica::Pending& pending : sync_.pending()) {
    if (!pending.result) ids.push_back(pending.entry.id);
  }
  if (ids == told_outbox_) return;
  told_outbox_ = std::move(ids);
  sync::StorageWrite outbox;
  for (const sync::Replica::Pending& pending : sync_.pending()) {
    if (!pending.result) outbox.put_outbox.push_back(pending.entry);
  }
  send("", TabOutbox{sync_.user(), sync::storage_text(outbox)});
}

void TabLeader::tell_status() {
  const bool is_online = sync_.status().connection != sync::Connection::offline;
  if (told_online_ == is_online) return;
  told_online_ = is_online;
  send("", TabOnline{is_online});
}

void TabLeader::tell_user(std::string_view to) { send(to, TabUser{sync_.user()}); }

void TabLeader::put_off(std::string_view from, const TabQuestion& question) {
  if (question.kind == TabQuestion::Kind::push || question.kind == TabQuestion::Kind::pull) {
    send_answer(from, question.ticket, error(wire::ErrorCode::unavailable, retry_after_ms));
  }
  send(from, TabCheck{});
}

void TabLeader::stop() {
  tabs_.clear();
  pushes_.clear();
  pulls_.clear();
  keeps_.clear();
  deltas_.clear();
  numbered_.clear();
  last_seq_.clear();
  told_outbox_.clear();
  told_online_.reset();
}

}  // namespace yuanyue::web::app
