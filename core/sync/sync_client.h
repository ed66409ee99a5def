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
// - A command leaves the outbox only with its result, or when the replica is wiped. An accepted one
// is
//   kept in the journal for a while, and sent again when a restored server has forgotten it.
// - Timers (offers that expire, promotions) are the server's; predictions never run them.
#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "core/kernel/envelope.h"
#include "core/kernel/outcome.h"
#include "core/kernel/state.h"
#include "core/protocol/protocol.h"
#include "core/sync/journal.h"
#include "core/sync/replica.h"
#include "core/sync/sync_storage.h"
#include "core/sync/sync_transport.h"

namespace yuanyue::sync {

// Durations in milliseconds.
struct SyncSettings {
  std::int64_t push_timeout_ms = 15'000;
  std::int64_t pull_wait_ms = 25'000;     // of the long poll
  std::int64_t pull_timeout_ms = 15'000;  // beyond the wait
  std::int64_t retry_min_ms = 500;        // the first back-off, doubled each time, ± 50 % jitter
  std::int64_t retry_max_ms = 30'000;
  std::int64_t rows_wait_ms =
      1'000;                     // for the rows of an accepted command, before they are asked for
  std::int64_t poll_ms = 2'000;  // between pulls when the server answers them without waiting
  std::size_t max_push_commands = wire::max_push_commands;
};

enum class Connection : std::uint8_t {
  connecting,  // no session or no complete pull yet, or a failure that is being retried
  online,
  offline,        // the browser says so, or several tries have failed; retried all the same
  signed_out,     // the session has ended; sign_in() goes on with what was not sent yet
  update_needed,  // the server speaks a newer protocol: reload the page
};

struct SyncStatus {
  Connection connection = Connection::connecting;
  std::size_t pending = 0;                // commands without a result
  std::optional<Instant> last_synced_at;  // device clock of the last complete pull
  bool has_replica = false;               // a complete pull has been applied
  std::size_t unsaved = 0;                // of them those that the storage has not written yet
  bool storage_failed = false;            // works, but would not survive a reload
  // The server has had more commands from here than it takes and goes on then; device clock. The
  // connection is none the worse for it.
  std::optional<Instant> slowed_until;
};

struct Submission {
  bool predicted = false;  // false: sent, but what it does is only known to the server
  Outcome outcome;         // predicted: what is shown until the server answers
};

enum class SignOutReason : std::uint8_t { session_ended, wrong_user, password_change_required };
struct SignedOut {
  SignOutReason reason = SignOutReason::session_ended;
};
// What the user must be told, in order. The first three are in core/sync/replica.h.
using SyncEvent = std::variant<CommandConfirmed, CommandRefused, CommandCorrected, SignedOut>;

class SyncClient {
 public:
  // `seed`: a random UUID of version 7, new for each page: client ids, which then are of version 7
  // too, and jitter come from it. `stored`: what the storage holds, {} if nothing. Storage and
  // transport must outlive the client. Nothing is sent before sign_in().
  SyncClient(SyncStorage& storage, SyncTransport& transport, const Uuid& seed,
             const StoredReplica& stored, SyncSettings settings = {});

  // A session for this user is open. Starts, or goes on after signed_out. Another user than before
  // wipes the replica, outbox included: a replica belongs to one user.
  void sign_in(const UserId& user, Instant now);
  // Stops and wipes the replica and its storage.
  void sign_out();
  // The host has learned that no session is open. Rows and ledger go, from the storage too: the
  // server gives them again. The outbox and the journal are kept for the next sign_in() of this
  // user, until kept_until(); without any of them it is as sign_out().
  void session_ended(Instant now);
  // By the server's clock: until when the commands given here outlive a session that ends, 30 days
  // after the last of them. Past when there are none.
  Instant kept_until() const;

  // --- storage that opens late ---
  // The storage has been opened, or opened again after a failure, while the client was at work.
  // What it holds of this user's (or of anyone's while nobody has signed in) joins what is here,
  // its commands first; what it holds of another user is wiped. May come any number of times.
  void load(const StoredReplica& stored, Instant now);
  // A command that was decided elsewhere, in another tab of this browser: it joins the outbox,
  // whatever the prediction says of it now. Nothing happens when it is known.
  void adopt(const CommandId& id, Command command, Instant decided_at, Instant now);

  // --- commands ---
  // `id` is new and random; the ids inside the command too. Refused with `not_permitted` before the
  // first sign_in(); while signed_out commands are kept and sent later.
  Result<Submission> submit(Command command, const CommandId& id, Instant now);

  // --- what to show ---
  const State& state() const { return replica_.state(); }  // confirmed rows and predictions
  // Shows `look` the state as it would be after this command; not at all if it would be refused.
  // What comes of a command is asked of the rules, never guessed. References to rows of state() do
  // not outlive the call.
  void suppose(const Command& command, Instant now, const std::function<void(const State&)>& look) {
    replica_.suppose(command, server_time(now), look);
  }
  std::uint64_t version() const { return version_; }  // moves when state, timelines or status do
  // Ledger entries, oldest first, predicted ones last; of a booking or a waitlist entry.
  const std::vector<LedgerEntry>& timeline(const BookingId& booking) const {
    return replica_.timeline(booking);
  }
  const std::vector<LedgerEntry>& timeline(const WaitlistEntryId& entry) const {
    return replica_.timeline(entry);
  }
  // Whether the row with this id rests on a prediction (待确认).
  bool is_pending(const Uuid& id) const { return replica_.is_pending(id); }
  const SyncStatus& status() const { return status_; }
  // Commands whose result or rows are not known yet, in order.
  const std::deque<Replica::Pending>& pending() const { return replica_.pending(); }
  const UserId& user() const { return user_; }  // whose replica it is; none: nobody's
  const std::string& cookie() const { return cookie_; }
  // The confirmed rows as a pull without a cookie would bring them.
  wire::PullResponse confirmed(Instant now);
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
  // Somebody else answers from now on: another tab instead of the server, or the server again. What
  // is under way is given up, and a new client id keeps two numberings apart.
  void counterpart_changed(Instant now);

 private:
  struct Request {
    TransportTicket ticket = 0;  // 0: none under way
    Instant sent_at;
    bool waits = false;    // long poll
    std::size_t size = 0;  // commands pushed
  };
  struct Backoff {
    int failures = 0;
    Instant retry_at;     // not before
    bool slowed = false;  // the last answer was that too much was asked
  };

  bool may_send() const { return session_ == Session::open; }
  bool has_command_to_send() const;
  bool waits_for_rows() const;
  void start_push(Instant now);
  void start_pull(Instant now);
  void push_answered(const TransportAnswer& answer, const Request& request, Instant now);
  void pull_answered(const TransportAnswer& answer, const Request& request, Instant now);
  enum class Direction : std::uint8_t { push, pull };
  void request_refused(Direction direction, const TransportAnswer& answer, const Request& request,
                       Instant now);
  void back_off(Backoff& backoff, std::int64_t retry_after_ms, Instant now);
  void push_malformed(const wire::ErrorBody& error, const Request& request, Instant now);
  void stop(Connection connection);
  void forget_rows(Instant now);
  void abort(Request& request);
  void register_anew();
  void number_anew(StorageWrite& change);
  void learn_clock(std::int64_t offset_ms, std::int64_t uncertainty_ms);
  void write(const StorageWrite& change);
  void take_settled();
  void put_everything(StorageWrite& change, Replica::StoredRows rows, Instant now);
  void note_settled(const wire::CommandResult& result, StorageWrite& change, Instant now);
  bool send_forgotten_again(const wire::PullResponse& response, StorageWrite& change, Instant now);
  void update_status();
  Uuid draw();

  SyncStorage& storage_;
  SyncTransport& transport_;
  SyncSettings settings_;
  Uuid seed_;
  std::uint64_t drawn_ = 0;  // from the seed

  UserId user_;
  ClientId client_;
  std::uint64_t next_seq_ = 1;
  std::string cookie_;
  Replica replica_;
  Journal journal_;
  std::vector<SyncEvent> events_;

  SyncStatus status_;
  std::uint64_t version_ = 0;
  // unproven: the storage says who was signed in, the server has not been asked yet.
  enum class Session : std::uint8_t { none, unproven, open, update_needed };
  Session session_ = Session::none;
  bool online_hint_ = true;
  bool pulled_ = false;           // in this session
  bool push_one_by_one_ = false;  // to find the malformed one
  std::uint64_t last_ticket_ = 0;
  Request push_, pull_;
  Backoff push_backoff_, pull_backoff_;
  Instant rows_wanted_at_;  // when the rows of accepted commands should have come
  std::int64_t clock_offset_ms_ = 0;
  std::optional<std::int64_t> clock_uncertainty_ms_;
  std::int64_t stored_clock_offset_ms_ = 0;
};

}  // namespace yuanyue::sync
