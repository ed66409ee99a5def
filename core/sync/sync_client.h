// The client's side of the sync protocol (docs/protocol.md): confirmed rows, an outbox of commands,
// and the prediction of what they will do. The server's answer is the truth; every difference is an
// event.
//
// A pure state machine: the device's clock comes in with every call, randomness as one seed,
// storage and transport are interfaces whose answers come back as calls. One thread. No call
// blocks.
//
// Rules:
// - submit() decides on the predicted state. A refusal is given back at once and nothing is sent,
// except
//   `not_found` and everything before the first complete pull: then the replica may only not know
//   yet, and the server is asked (Submission::predicted is false).
// - Commands are sent in the order given, after the storage has written them, one push in flight.
// - A prediction stands until a pull covers its command (last_seq), so that nothing flickers
// between the
//   push's answer and the rows.
// - A command leaves the outbox only with its result, or when the replica is wiped.
// - Timers (offers that expire, promotions) are the server's; predictions never run them.
#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <variant>
#include <vector>

#include "core/commands/command.h"
#include "core/engine/outcome.h"
#include "core/model/state.h"
#include "core/sync/sync_storage.h"
#include "core/sync/sync_transport.h"
#include "core/wire/protocol.h"

namespace yuanyue::sync {

// Durations in milliseconds.
struct SyncSettings {
  std::int64_t push_timeout_ms = 15'000;
  std::int64_t pull_wait_ms = 25'000;     // of the long poll
  std::int64_t pull_timeout_ms = 15'000;  // beyond the wait
  std::int64_t retry_min_ms = 500;        // the first back-off, doubled each time, ± 50 % jitter
  std::int64_t retry_max_ms = 30'000;
  std::size_t max_push_commands = wire::max_push_commands;
};

enum class Connection : std::uint8_t {
  connecting,  // no complete pull yet, or a failure that is being retried
  online,
  offline,        // the browser says so, or several tries have failed; retried all the same
  signed_out,     // the session has ended; sign_in() goes on with the same replica
  update_needed,  // the server speaks a newer protocol: reload the page
};

struct SyncStatus {
  Connection connection = Connection::connecting;
  std::size_t pending = 0;                // commands without a result
  std::optional<Instant> last_synced_at;  // device clock of the last complete pull
  bool has_replica = false;               // a complete pull has been applied
  bool storage_failed = false;            // works, but would not survive a reload
};

// --- events: what the user must be told, in order
// ---------------------------------------------------

// The server accepted a command as predicted.
struct CommandConfirmed {
  CommandId id;
  Command command;
};
// The server refused a command that was predicted to work; its prediction is taken back.
struct CommandRefused {
  CommandId id;
  Command command;
  Rejection rejection;
};
// Accepted, but something else came of it than was shown (an entry got an offer at once, …).
struct CommandCorrected {
  CommandId id;
  Command command;
  std::vector<RowKey> rows;  // of the sender's own rows that differ, by what they mean
};
enum class SignOutReason : std::uint8_t { session_ended, wrong_user, password_change_required };
struct SignedOut {
  SignOutReason reason = SignOutReason::session_ended;
};
using SyncEvent = std::variant<CommandConfirmed, CommandRefused, CommandCorrected, SignedOut>;

struct Submission {
  bool predicted = false;  // false: sent, but what it does is only known to the server
  Outcome outcome;         // predicted: what is shown until the server answers
};

class SyncClient {
 public:
  // `seed`: 128 random bits, new for each page: client ids and jitter come from it. `stored`: what
  // the storage holds, {} if nothing. Storage and transport must outlive the client. Nothing is
  // sent before sign_in().
  SyncClient(SyncStorage& storage, SyncTransport& transport, const Uuid& seed, StoredReplica stored,
             SyncSettings settings = {});

  // A session for this user is open. Starts, or goes on after signed_out. Another user than before
  // wipes the replica, outbox included: a replica belongs to one user.
  void sign_in(const UserId& user, Instant now);
  // Stops and wipes the replica and its storage.
  void sign_out();

  // --- commands ---
  Result<Submission> submit(Command command, const CommandId& id, Instant now);

  // --- what to show ---
  const State& state() const { return state_; }       // confirmed rows and predictions
  std::uint64_t version() const { return version_; }  // moves when state, timelines or status do
  // Ledger entries, oldest first, predicted ones last; of a booking or a waitlist entry.
  const std::vector<LedgerEntry>& timeline(const BookingId& booking) const;
  const std::vector<LedgerEntry>& timeline(const WaitlistEntryId& entry) const;
  // Whether the row with this id rests on a prediction (待确认).
  bool is_pending(const Uuid& id) const;
  const SyncStatus& status() const { return status_; }
  std::vector<SyncEvent> take_events();
  Actor actor() const { return {ActorKind::user, user_}; }
  // The server's clock as far as it is known. Every answer that carries it corrects the estimate;
  // tell it those of other requests (sign-in) by note_server_clock.
  void note_server_clock(Instant server_now, Instant sent_at, Instant received_at);
  Instant server_time(Instant now) const { return now + clock_offset_ms_; }

  // --- events from the host ---
  void tick(Instant now);     // does what is due
  Instant next_wake() const;  // when tick() must be called, `never` if not at all
  void transport_answered(TransportTicket ticket, const TransportAnswer& answer, Instant now);
  void storage_answered(StorageTicket ticket, StorageAnswer answer, Instant now);
  void set_online_hint(bool online, Instant now);  // navigator.onLine
  void refresh(Instant now);                       // pull now, not only when the long poll answers

 private:
  // A command between submit() and the moment its rows are confirmed.
  struct Pending {
    OutboxEntry entry;
    StorageTicket saving = 0;           // 0: written
    std::optional<Outcome> prediction;  // as executed on state_; none: refused or not predictable
    std::optional<wire::CommandResult> result;
    bool covered = false;           // the confirmed rows contain what it did
    std::vector<RowKey> corrected;  // found when it was covered
  };
  struct Timeline {
    std::vector<LedgerEntry> entries;
    std::size_t confirmed = 0;  // the rest is predicted
  };
  struct Request {
    TransportTicket ticket = 0;  // 0: none under way
    Instant sent_at;
    bool waits = false;  // long poll
  };
  struct Backoff {
    int failures = 0;
    Instant retry_at;
  };

  void wipe();
  void restart_requests(Instant now);
  void start_push(Instant now);
  void start_pull(Instant now);
  void push_answered(const TransportAnswer& answer, const Request& request, Instant now);
  void pull_answered(const TransportAnswer& answer, const Request& request, Instant now);
  void request_failed(Backoff& backoff, const TransportAnswer& answer, Instant now);
  void handle_error(Backoff& backoff, const TransportAnswer& answer, bool is_push, Instant now);
  void request_succeeded(Backoff& backoff);
  void stop(Connection connection);
  void register_anew(Instant now);
  void drop_malformed(const wire::ErrorBody& error);

  void predict(Pending& pending);
  void take_back_predictions();
  void predict_again();
  bool take_result(const wire::CommandResult& result, StorageWrite& write);
  void finish_settled();
  void apply_pull(wire::PullResponse response);
  void add_confirmed(const LedgerEntry& entry);
  void write(const StorageWrite& change);
  void update_status();
  Timeline& timeline_of(const Uuid& id);

  SyncStorage& storage_;
  SyncTransport& transport_;
  SyncSettings settings_;
  Uuid seed_;
  std::uint64_t drawn_ = 0;  // from the seed

  UserId user_;
  ClientId client_;
  std::uint64_t next_seq_ = 1;
  std::string cookie_;
  State state_;
  std::deque<Pending> pending_;
  std::unordered_map<Uuid, Timeline, IdHash> timelines_;
  std::unordered_set<Uuid, IdHash> known_ledger_;
  std::vector<SyncEvent> events_;

  SyncStatus status_;
  std::uint64_t version_ = 0;
  bool signed_in_ = false;
  bool online_hint_ = true;
  bool push_one_by_one_ = false;  // to find the malformed one
  std::uint64_t last_ticket_ = 0;
  Request push_, pull_;
  Backoff push_backoff_, pull_backoff_;
  std::int64_t clock_offset_ms_ = 0;
  std::optional<std::int64_t> clock_uncertainty_ms_;
};

}  // namespace yuanyue::sync
