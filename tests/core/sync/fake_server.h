// The server's side of docs/protocol.md over the real core, in memory: for tests of the sync
// client.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/kernel/engine.h"
#include "core/people/grants.h"
#include "core/protocol/protocol.h"
#include "core/sync/sync_transport.h"
#include "tests/core/support/park.h"
#include "tests/core/support/snapshot.h"

namespace yuanyue::sync {

class FakeServer {
 public:
  FakeServer();

  Instant now;
  std::uint64_t epoch = 1;
  bool gives_results_in_pulls = true;
  std::set<CommandId> unreadable;  // a push with one of these is answered with `malformed`

  const State& state() const { return state_; }
  std::uint64_t revision() const { return revision_; }
  int executed() const { return executed_; }  // commands that came through, refused ones included

  TransportAnswer push(const UserId& user, const std::string& body);
  // nullopt: nothing to say yet and the request is willing to wait.
  std::optional<TransportAnswer> pull(const UserId& user, const std::string& path);

  // Somebody else, on the server itself.
  Result<Outcome> execute(const Actor& who, const AnyCommand& command);
  void forget_clients() { clients_.clear(); }
  void forget_last_of(const UserId& user);  // as a restored backup would: one seq too few
  // A backup, and the server as it was then, with another history from there on.
  struct Backup {
    worlds::Snapshot rows;
    std::uint64_t revision = 0;
    std::map<ClientId, std::pair<UserId, std::vector<wire::CommandResult>>> clients;
    std::map<CommandId, wire::CommandResult> settled;
    std::size_t changes = 0;
    std::size_t facts = 0;
  };
  Backup back_up() const;
  void restore(const Backup& backup);
  // What a replica of this user should hold.
  std::uint64_t visible_hash(const UserId& user) const;
  std::uint64_t last_seq_of(const ClientId& client) const;

 private:
  struct Client {
    UserId user;
    std::uint64_t last_seq = 0;
    std::vector<wire::CommandResult> results;
  };
  struct Change {
    std::uint64_t revision;
    AnyKey key;
  };
  struct Fact {
    std::uint64_t revision;
    LedgerEntry entry;
  };

  void run_timers();
  void record(const Outcome& outcome);
  wire::CommandResult settle(const Actor& who, const wire::PushedCommand& pushed);
  bool may_see(const UserId& user, const Audiences& audiences) const;
  void add_changes(const UserId& user, std::uint64_t since, wire::PullResponse& response) const;
  std::vector<AnyRow> visible_rows(const UserId& user) const;

  State state_;
  std::uint64_t revision_ = 1;
  int executed_ = 0;
  std::uint64_t ids_ = 0;
  std::map<ClientId, Client> clients_;
  std::map<CommandId, wire::CommandResult> settled_;
  std::vector<Change> changes_;
  std::vector<Fact> facts_;
};

}  // namespace yuanyue::sync
