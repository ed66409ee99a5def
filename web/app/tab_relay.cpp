#include "web/app/tab_relay.h"

#include <algorithm>
#include <utility>

#include "core/protocol/protocol.h"
#include "core/sync/storage_text.h"
#include "web/bridge/replica.h"

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

std::uint64_t number_of(std::string_view text) {
  std::uint64_t number = 0;
  for (const char c : text) {
    if (c < '0' || c > '9') return 0;
    number = number * 10 + static_cast<std::uint64_t>(c - '0');
  }
  return number;
}

sync::TransportAnswer error(wire::ErrorCode code, std::int64_t retry_ms = 0) {
  return {wire::http_status(code), wire::encode(wire::ErrorBody{code, "", ""}), retry_ms};
}

void send_answer(const std::string& to, sync::TransportTicket ticket,
                 const sync::TransportAnswer& answer) {
  send_tab_message(to,
                   {"answer", std::to_string(ticket), std::to_string(answer.status),
                    std::to_string(answer.retry_after_ms)},
                   answer.body);
}

}  // namespace

void send_tab_message(std::string_view to, std::initializer_list<std::string_view> words,
                      std::string_view body) {
  std::string text;
  for (const std::string_view word : words) {
    if (!text.empty()) text += ' ';
    text += word;
  }
  text += '\n';
  text += body;
  platform::send_to_tab(to, text);
}

TabMessage parse_tab_message(std::string_view text) {
  TabMessage message;
  const std::size_t line_end = std::min(text.find('\n'), text.size());
  std::string_view line = text.substr(0, line_end);
  message.body = text.substr(std::min(line_end + 1, text.size()));
  while (!line.empty()) {
    const std::size_t end = std::min(line.find(' '), line.size());
    message.words.push_back(line.substr(0, end));
    line.remove_prefix(std::min(end + 1, line.size()));
  }
  return message;
}

// --- the follower ------------------------------------------------------------------------------

void RelayTransport::set_following(bool following) {
  following_ = following;
  std::vector<sync::TransportTicket> failed;
  failed.reserve(requests_.size());
  for (const auto& [ticket, request] : requests_) failed.push_back(ticket);
  for (const sync::TransportTicket ticket : failed) leader_answered(ticket, {});
}

void RelayTransport::start_push(sync::TransportTicket ticket, const std::string& path,
                                const std::string& body, std::int64_t timeout_ms) {
  if (!following_) return http_.start_push(ticket, path, body, timeout_ms);
  ask("push", ticket, body);
  requests_[ticket].timeout =
      platform::set_timer(timeout_ms, [this, ticket] { leader_answered(ticket, {}); });
}

void RelayTransport::start_pull(sync::TransportTicket ticket, const std::string& path,
                                std::int64_t timeout_ms) {
  if (!following_) return http_.start_pull(ticket, path, timeout_ms);
  ask("pull", ticket, path);
  Request& request = requests_[ticket];
  request.timeout =
      platform::set_timer(timeout_ms, [this, ticket] { leader_answered(ticket, {}); });
  // The clock of a leader that nobody looks at is slow; so it is this one that ends the waiting.
  request.half_time = platform::set_timer(timeout_ms / 2, [this, ticket] {
    requests_[ticket].half_time = 0;
    ask("now", ticket, {});
  });
}

void RelayTransport::abort(sync::TransportTicket ticket) {
  if (!requests_.contains(ticket)) return http_.abort(ticket);
  ask("abort", ticket, {});
  forget(ticket);
}

void RelayTransport::leader_answered(sync::TransportTicket ticket,
                                     const sync::TransportAnswer& answer) {
  if (!requests_.contains(ticket)) return;
  forget(ticket);
  answered_(ticket, answer);
}

void RelayTransport::ask(std::string_view kind, sync::TransportTicket ticket,
                         std::string_view body) {
  send_tab_message("", {kind, to_string(user_of_()), std::to_string(ticket)}, body);
}

void RelayTransport::forget(sync::TransportTicket ticket) {
  const auto found = requests_.find(ticket);
  for (const std::uint32_t timer : {found->second.timeout, found->second.half_time}) {
    if (timer != 0) platform::cancel_timer(timer);
  }
  requests_.erase(found);
}

// --- the leader --------------------------------------------------------------------------------

bool TabServer::take(std::string_view from, const TabMessage& message, Instant now) {
  const std::string_view kind = message.word(0);
  const std::string tab(from);
  const std::uint64_t ticket = number_of(message.word(2));
  // A new one has to be told everything.
  if (tabs_.insert(tab).second) {
    told_outbox_.clear();
    told_online_.reset();
  }
  if (kind == "keep") {
    take_keep(tab, ticket, message.body, now);
  } else if (kind == "push") {
    take_push(tab, ticket, message.body, now);
  } else if (kind == "pull") {
    take_pull(tab, ticket, message.body);
    // Timers of a tab that nobody looks at are slow; those of the one that asks are not.
    if (sync_.status().connection == sync::Connection::offline) sync_.refresh(now);
  } else if (kind == "now" || kind == "abort") {
    for (Pull& pull : pulls_) pull.now |= pull.tab == tab && pull.ticket == ticket;
    const auto is_it = [&](const auto& held) { return held.tab == tab && held.ticket == ticket; };
    if (kind == "abort") {
      std::erase_if(pulls_, is_it);
      std::erase_if(pushes_, is_it);
    }
  } else {
    return false;
  }
  sync_changed({}, now);
  return true;
}

void TabServer::adopt(const CommandId& id, const yuanyue::Command& command, Instant decided_at,
                      Instant now) {
  if (!results_.contains(id)) sync_.adopt(id, command, decided_at, now);
}

void TabServer::take_keep(const std::string& tab, sync::StorageTicket ticket,
                          std::string_view lines, Instant now) {
  sync::StoredReplicaReader reader;
  reader.take(lines);
  Keep keep{tab, ticket, {}};
  for (const sync::OutboxEntry& entry : reader.finish().outbox) {
    adopt(entry.id, entry.command, entry.decided_at, now);
    keep.ids.push_back(entry.id);
  }
  keeps_.push_back(std::move(keep));
}

void TabServer::take_push(const std::string& tab, sync::TransportTicket ticket,
                          std::string_view body, Instant now) {
  const auto request = wire::decode_push_request(body);
  if (!request) return send_answer(tab, ticket, error(wire::ErrorCode::malformed));
  Push push{tab, ticket, {}};
  for (const wire::PushedCommand& pushed : request->commands) {
    adopt(pushed.id, pushed.command, sync_.server_time(now), now);
    numbered_[request->client][pushed.seq] = pushed.id;
    push.commands.push_back({pushed.seq, pushed.id});
  }
  pushes_.push_back(std::move(push));
}

void TabServer::take_pull(const std::string& tab, sync::TransportTicket ticket,
                          std::string_view path) {
  Pull pull{.tab = tab, .ticket = ticket, .client = {}, .cookie = field_of(path, "cookie")};
  if (const auto client = parse_uuid(field_of(path, "client"))) pull.client = ClientId(*client);
  pull.now = number_of(field_of(path, "wait_ms")) == 0;
  // A tab has one pull at a time; an older one has been given up.
  std::erase_if(pulls_, [&](const Pull& held) { return held.tab == tab; });
  pulls_.push_back(std::move(pull));
}

void TabServer::sync_changed(const std::vector<sync::SyncEvent>& events, Instant now) {
  for (const sync::SyncEvent& event : events) remember(event);
  if (tabs_.empty()) return;
  tell_status();
  tell_outbox();
  std::erase_if(keeps_, [&](const Keep& keep) { return answer(keep); });
  std::erase_if(pushes_, [&](const Push& push) { return answer(push, now); });
  std::erase_if(pulls_, [&](const Pull& pull) { return answer(pull, now); });
}

void TabServer::remember(const sync::SyncEvent& event) {
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
std::optional<sync::TransportAnswer> TabServer::refusal() const {
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

bool TabServer::answer(const Keep& keep) {
  for (const sync::Replica::Pending& pending : sync_.pending()) {
    const bool is_kept = pending.saving == 0;
    const auto wanted = std::ranges::find(keep.ids, pending.entry.id);
    if (!is_kept && wanted != keep.ids.end()) return false;
  }
  const bool is_kept = !sync_.status().storage_failed;
  send_tab_message(keep.tab, {"kept", std::to_string(keep.ticket), is_kept ? "1" : "0"});
  return true;
}

// Those that are settled, from the first on; without any it waits.
bool TabServer::answer(const Push& push, Instant now) {
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

bool TabServer::answer(const Pull& pull, Instant now) {
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
  // What is settled is in the leader's rows, but a single delta may not be all of them.
  if (response.cookie == sync_.cookie() && numbered != numbered_.end()) {
    for (auto each = numbered->second.begin(); each != numbered->second.end();) {
      const auto settled = results_.find(each->second);
      if (settled == results_.end()) break;
      response.results.push_back(settled->second);
      response.results.back().seq = each->first;
      last_seq_[pull.client] = each->first;
      each = numbered->second.erase(each);
    }
  }
  const auto last = last_seq_.find(pull.client);
  if (last != last_seq_.end()) response.last_seq = last->second;
  send_answer(pull.tab, pull.ticket, {200, wire::encode(response)});
  return true;
}

wire::PullResponse TabServer::rows_since(const std::string& cookie, Instant now) {
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

void TabServer::pulled(const std::string& before, const std::string& after,
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
void TabServer::tell_outbox() {
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
  send_tab_message("", {"outbox", to_string(sync_.user())}, sync::storage_text(outbox));
}

void TabServer::tell_status() {
  const bool is_online = sync_.status().connection != sync::Connection::offline;
  if (told_online_ == is_online) return;
  told_online_ = is_online;
  send_tab_message("", {"online", is_online ? "1" : "0"});
}

void TabServer::put_off(std::string_view from, const TabMessage& message) {
  const std::string_view kind = message.word(0);
  if (kind == "push" || kind == "pull") {
    send_answer(std::string(from), number_of(message.word(2)),
                error(wire::ErrorCode::unavailable, retry_after_ms));
  }
  send_tab_message(from, {"check"});
}

void TabServer::stop() {
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
