// A browser for tests: a sync client with a network and a storage in the test's hands.
#pragma once

#include <algorithm>
#include <climits>
#include <deque>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/protocol/state_hash.h"
#include "core/sync/sync_client.h"
#include "tests/core/support/seen.h"
#include "tests/core/sync/fake_server.h"

namespace yuanyue::sync {

struct SentRequest {
  enum class Kind : std::uint8_t { push, pull };
  Kind kind;
  TransportTicket ticket = 0;
  std::string path;
  std::string body;
  bool is_aborted = false;
};

class FakeTransport final : public SyncTransport {
 public:
  void start_push(TransportTicket ticket, const std::string& path, const std::string& body,
                  std::int64_t) override {
    sent.push_back({SentRequest::Kind::push, ticket, path, body});
    ++pushes;
  }
  void start_pull(TransportTicket ticket, const std::string& path, std::int64_t) override {
    sent.push_back({SentRequest::Kind::pull, ticket, path, ""});
    ++pulls;
  }
  void abort(TransportTicket ticket) override {
    for (SentRequest& request : sent) request.is_aborted |= request.ticket == ticket;
  }

  std::deque<SentRequest> sent;  // not answered yet
  int pushes = 0;
  int pulls = 0;
};

// Keeps what it is told like a database, and answers when the test wants.
class FakeStorage final : public SyncStorage {
 public:
  StorageAnswer write(StorageTicket ticket, const StorageWrite& write) override {
    if (answer == StorageAnswer::pending) waiting.push_back(ticket);
    if (answer != StorageAnswer::failed && writes_left > 0) keep(write);
    if (writes_left > 0) --writes_left;
    if (write.wipe) ++wipes;
    return answer;
  }

  StorageAnswer answer = StorageAnswer::done;
  int writes_left = INT_MAX;  // then the page ends before it has written
  std::vector<StorageTicket> waiting;
  StoredReplica kept;
  int wipes = 0;  // no byte of before stays

 private:
  void keep(const StorageWrite& write) {
    if (write.clear_outbox) kept.outbox.clear();
    if (write.clear_accepted) kept.accepted.clear();
    if (write.clear_rows) {
      kept.rows.clear();
      kept.ledger.clear();
    }
    if (write.user) kept.user = *write.user;
    if (write.client) kept.client = *write.client;
    if (write.next_seq) kept.next_seq = *write.next_seq;
    if (write.cookie) kept.cookie = *write.cookie;
    if (write.clock_offset_ms) kept.clock_offset_ms = *write.clock_offset_ms;
    for (const AnyRow& row : write.put_rows) {
      erase(key_of(row));
      kept.rows.push_back(row);
    }
    for (const AnyKey& key : write.erase_rows) erase(key);
    kept.ledger.insert(kept.ledger.end(), write.add_ledger.begin(), write.add_ledger.end());
    for (const std::uint64_t seq : write.erase_outbox) {
      std::erase_if(kept.outbox, [&](const OutboxEntry& entry) { return entry.seq == seq; });
    }
    kept.outbox.insert(kept.outbox.end(), write.put_outbox.begin(), write.put_outbox.end());
    for (const CommandId& id : write.erase_accepted) {
      std::erase_if(kept.accepted, [&](const OutboxEntry& entry) { return entry.id == id; });
    }
    kept.accepted.insert(kept.accepted.end(), write.put_accepted.begin(), write.put_accepted.end());
  }
  void erase(const AnyKey& key) {
    std::erase_if(kept.rows, [&](const AnyRow& row) { return key_of(row) == key; });
  }
};

// The device's clock is wrong by `clock_error_ms`.
class Browser {
 public:
  explicit Browser(FakeServer& at_server, const worlds::Member& who,
                   const StoredReplica& stored = {})
      : server(at_server),
        user(who.user),
        // The seed differs for each page, as it does in life.
        client(storage, transport, worlds::uuid(0x5EED ^ stored.client.high, who.user.low),
               stored) {}

  Instant now() const { return server.now + clock_error_ms; }
  void sign_in() { client.sign_in(user, now()); }
  void sign_in_and_sync() {
    sign_in();
    pump();
  }

  Result<Submission> submit(AnyCommand command) {
    return client.submit(std::move(command), CommandId(next_id()), now());
  }
  Uuid next_id() { return worlds::uuid(0x1D + user.low, ++ids); }

  std::optional<SentRequest> take(SentRequest::Kind kind) {
    for (auto request = transport.sent.begin(); request != transport.sent.end(); ++request) {
      if (request->kind != kind || request->is_aborted) continue;
      SentRequest taken = *request;
      transport.sent.erase(request);
      return taken;
    }
    return std::nullopt;
  }
  std::optional<SentRequest> take_push() { return take(SentRequest::Kind::push); }
  std::optional<SentRequest> take_pull() { return take(SentRequest::Kind::pull); }

  std::optional<TransportAnswer> ask_server(const SentRequest& request) {
    if (request.kind == SentRequest::Kind::push) return server.push(user, request.body);
    return server.pull(user, request.path);
  }
  void answer(const SentRequest& request, const TransportAnswer& with) {
    client.transport_answered(request.ticket, with, now());
  }
  void lose(const SentRequest& request) { answer(request, {}); }

  // Answers everything that the server has an answer for, until it is quiet.
  void pump() {
    client.tick(now());
    for (bool moved = true; moved;) {
      moved = false;
      std::erase_if(transport.sent, [](const SentRequest& each) { return each.is_aborted; });
      for (std::size_t i = 0; i < transport.sent.size(); ++i) {
        const SentRequest request = transport.sent[i];
        const auto reply = ask_server(request);
        if (!reply) continue;
        transport.sent.erase(transport.sent.begin() + static_cast<std::ptrdiff_t>(i));
        answer(request, *reply);
        moved = true;
        break;
      }
    }
  }
  // Lets time pass until the client wants to act, and then all requests through.
  void wait_and_pump() {
    const Instant wake = client.next_wake();
    if (wake != never && wake > now()) server.now = server.now + (wake - now());
    pump();
  }

  std::vector<SyncEvent> take_events() {
    auto taken = client.take_events();
    return taken;
  }
  // The only event; fails the visit when there are others.
  template <class Event>
  std::optional<Event> take_only() {
    auto taken = client.take_events();
    if (taken.size() != 1 || !std::holds_alternative<Event>(taken.front())) return std::nullopt;
    return std::get<Event>(taken.front());
  }
  bool equals_server() const {
    return wire::state_hash(client.state()) == server.visible_hash(user);
  }

  FakeServer& server;
  UserId user;
  std::int64_t clock_error_ms = 0;
  FakeTransport transport;
  FakeStorage storage;
  SyncClient client;
  std::uint64_t ids = 0;
};

}  // namespace yuanyue::sync
