#include "tests/core/sync/fake_server.h"

#include <algorithm>
#include <utility>

#include <gtest/gtest.h>

#include "core/appointments/block_override.h"
#include "core/appointments/booking.h"
#include "core/appointments/offer.h"
#include "core/appointments/waitlist_entry.h"
#include "core/catalog/calendar_year.h"
#include "core/catalog/catalog.h"
#include "core/catalog/official_calendar.h"
#include "core/kernel/row.h"
#include "core/messages/notification.h"
#include "core/people/grants.h"
#include "core/protocol/state_hash.h"

namespace yuanyue::sync {
namespace {

TransportAnswer refuse(wire::ErrorCode code, std::string field = {}) {
  return {wire::http_status(code), wire::encode(wire::ErrorBody{code, "", std::move(field)}), 0};
}

std::optional<std::string_view> query_value(std::string_view path, std::string_view name) {
  path.remove_prefix(path.find('?') + 1);
  while (!path.empty()) {
    const std::string_view part = path.substr(0, path.find('&'));
    path.remove_prefix(std::min(path.size(), part.size() + 1));
    if (part.starts_with(name) && part.substr(name.size()).starts_with('=')) {
      return part.substr(name.size() + 1);
    }
  }
  return std::nullopt;
}

}  // namespace

FakeServer::FakeServer() : now(worlds::at("2026-11-02 09:00")) {
  for (AnyRow& row : worlds::park_rows()) state_.put(std::move(row));
  for (AnyRow& row : worlds::official_years()) {
    if (row.as<OfficialYear>().year >= 2025) state_.put(std::move(row));
  }
}

void FakeServer::run_timers() {
  constexpr int timers_in_a_row_max = 10'000;
  for (int ran = 0; ran < timers_in_a_row_max; ++ran) {
    const auto outcome = run_due(state_, now, CommandId(worlds::uuid(0x71, ++ids_)));
    if (!outcome) return;
    record(*outcome);
  }
  ADD_FAILURE() << "timers without end";
}

void FakeServer::record(const Outcome& outcome) {
  ++revision_;
  for (const RowChange& change : outcome.changes()) {
    changes_.push_back({revision_, key_of(change.row())});
  }
  for (const LedgerEntry& entry : outcome.ledger) facts_.push_back({revision_, entry});
}

Result<Outcome> FakeServer::execute(const Actor& who, const AnyCommand& command) {
  run_timers();
  auto outcome =
      yuanyue::execute(state_, {CommandId(worlds::uuid(0x72, ++ids_)), who, now, command});
  if (outcome) record(*outcome);
  return outcome;
}

wire::CommandResult FakeServer::settle(const Actor& who, const wire::PushedCommand& pushed) {
  if (const auto known = settled_.find(pushed.id); known != settled_.end()) {
    wire::CommandResult result = known->second;
    result.seq = pushed.seq;
    return result;
  }
  ++executed_;
  auto outcome = yuanyue::execute(state_, {pushed.id, who, now, pushed.command});
  wire::CommandResult result{pushed.seq, pushed.id, outcome.has_value(), 0, std::nullopt};
  if (outcome) {
    record(*outcome);
  } else {
    ++revision_;
    result.rejection = outcome.error();
  }
  result.revision = revision_;
  settled_[pushed.id] = result;
  return result;
}

TransportAnswer FakeServer::push(const UserId& user, const std::string& body) {
  const auto request = wire::decode_push_request(body);
  if (!request) return refuse(wire::ErrorCode::malformed, request.error().path);
  for (std::size_t i = 0; i < request->commands.size(); ++i) {
    if (unreadable.contains(request->commands[i].id)) {
      return refuse(wire::ErrorCode::malformed, "commands[" + std::to_string(i) + "].command");
    }
  }
  const std::uint64_t first = request->commands.front().seq;
  auto found = clients_.find(request->client);
  if (found == clients_.end()) {
    if (first != 1) return refuse(wire::ErrorCode::unknown_client);
    found = clients_.emplace(request->client, Client{user, 0, {}}).first;
  }
  Client& client = found->second;
  if (client.user != user) return refuse(wire::ErrorCode::wrong_user);
  if (first > client.last_seq + 1) return refuse(wire::ErrorCode::sequence_gap);
  run_timers();
  wire::PushResponse response;
  for (const wire::PushedCommand& pushed : request->commands) {
    if (pushed.seq > client.last_seq) {
      client.results.push_back(settle({ActorKind::user, user}, pushed));
      client.last_seq = pushed.seq;
    }
    response.results.push_back(client.results[static_cast<std::size_t>(pushed.seq - 1)]);
  }
  response.server_now = now;
  response.last_seq = client.last_seq;
  return {200, wire::encode(response), 0};
}

void FakeServer::forget_last_of(const UserId& user) {
  for (auto& [id, client] : clients_) {
    if (client.user != user || client.last_seq == 0) continue;
    --client.last_seq;
    client.results.pop_back();
  }
}

FakeServer::Backup FakeServer::back_up() const {
  Backup backup{
      worlds::take_snapshot(state_), revision_, {}, settled_, changes_.size(), facts_.size()};
  for (const auto& [id, client] : clients_) backup.clients[id] = {client.user, client.results};
  return backup;
}

void FakeServer::restore(const Backup& backup) {
  state_ = worlds::rebuild(backup.rows);
  revision_ = backup.revision;
  settled_ = backup.settled;
  changes_.resize(backup.changes);
  facts_.resize(backup.facts);
  clients_.clear();
  for (const auto& [id, client] : backup.clients) {
    clients_[id] = {client.first, client.second.size(), client.second};
  }
  ++epoch;
}

std::uint64_t FakeServer::last_seq_of(const ClientId& client) const {
  const auto found = clients_.find(client);
  return found == clients_.end() ? 0 : found->second.last_seq;
}

bool FakeServer::may_see(const UserId& user, const Audiences& audiences) const {
  const User* row = state_.find(user);
  if (row == nullptr) return false;
  const auto own = audiences_for(*row);
  return std::ranges::any_of(audiences, [&](const Audience& audience) {
    return std::ranges::find(own, audience) != own.end();
  });
}

std::vector<AnyRow> FakeServer::visible_rows(const UserId& user) const {
  std::vector<AnyRow> rows;
  for_each_row(state_, state_.domains().rows(), [&](const RowRef& row) {
    if (may_see(user, audiences_of(state_, row))) rows.emplace_back(row);
  });
  return rows;
}

std::uint64_t FakeServer::visible_hash(const UserId& user) const {
  State visible;
  for (AnyRow& each : visible_rows(user)) visible.put(std::move(each));
  return wire::state_hash(visible);
}

void FakeServer::add_changes(const UserId& user, std::uint64_t since,
                             wire::PullResponse& response) const {
  std::set<AnyKey> changed;
  for (const Change& change : changes_) {
    if (change.revision > since) changed.insert(change.key);
  }
  for (const AnyKey& key : changed) {
    const RowRef current = state_.find(key);
    if (current && may_see(user, audiences_of(state_, current))) {
      response.rows.emplace_back(current);
    } else if (!current) {
      response.deletes.push_back(key);
    }
  }
}

std::optional<TransportAnswer> FakeServer::pull(const UserId& user, const std::string& path) {
  const auto request =
      wire::decode_pull_query(query_value(path, "client"), query_value(path, "cookie"),
                              query_value(path, "protocol"), query_value(path, "wait_ms"));
  if (!request) return refuse(wire::ErrorCode::malformed, request.error().path);
  run_timers();
  const auto cookie = wire::parse_cookie(request->cookie);
  const wire::Cookie current{epoch, wire::schema_version, 1, revision_};
  wire::PullResponse response;
  response.reset = !cookie || cookie->epoch != epoch || cookie->revision > revision_;
  if (!response.reset && cookie->revision == revision_ && request->wait_ms > 0) return std::nullopt;
  const std::uint64_t since = response.reset ? 0 : cookie->revision;
  response.server_now = now;
  response.cookie = wire::to_string(current);
  if (response.reset) {
    response.rows = visible_rows(user);
  } else {
    add_changes(user, since, response);
  }
  for (const Fact& fact : facts_) {
    if (fact.revision > since && may_see(user, audiences_of(fact.entry))) {
      response.ledger.push_back(fact.entry);
    }
  }
  if (const auto client = clients_.find(request->client); client != clients_.end()) {
    response.last_seq = client->second.last_seq;
    for (const wire::CommandResult& result : client->second.results) {
      if (gives_results_in_pulls && result.revision > since) response.results.push_back(result);
    }
  }
  return TransportAnswer{200, wire::encode(response), 0};
}

}  // namespace yuanyue::sync
