// The client's side of the sync protocol (docs/protocol.md): confirmed rows, an outbox of commands,
// and the prediction of what they will do. The server's answer is the truth; every difference is an
// event.
//
// Ties together what does the work: sender (commands up), puller (rows down), server clock, replica
// (rows and predictions) and journal (what a restored server may have forgotten). Itself it knows
// whose replica it is, writes to the storage, and says how things stand.
//
// A pure state machine: the device's clock comes in with every call, randomness as one seed,
// storage and transport are interfaces whose answers come back as calls. One thread. No call
// blocks.
//
// Rules:
// - submit() decides on the predicted state. A refusal is given back at once and nothing is sent,
//   except `not_found` and everything before the first complete pull: then the replica may only not
//   know yet, and the server is asked (Submission::predicted is false).
// - Commands are sent in the order given, after the storage has written them, one push in flight.
// - A prediction stands until a pull covers its command (last_seq): nothing flickers between the
//   push's answer and the rows.
// - A command leaves the outbox only with its result, or when the replica is wiped. An accepted one
//   is kept in the journal for a while, and sent again when a restored server has forgotten it.
// - Timers (offers that expire, promotions) are the server's; predictions never run them.
#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "core/appointments/ids.h"
#include "core/kernel/command.h"
#include "core/kernel/outcome.h"
#include "core/kernel/state.h"
#include "core/protocol/protocol.h"
#include "core/sync/journal.h"
#include "core/sync/link.h"
#include "core/sync/puller.h"
#include "core/sync/replica.h"
#include "core/sync/sender.h"
#include "core/sync/server_clock.h"
#include "core/sync/sync_settings.h"
#include "core/sync/sync_storage.h"
#include "core/sync/sync_transport.h"

namespace yuanyue::sync {

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
  // Its parts refer to each other.
  SyncClient(const SyncClient&) = delete;
  SyncClient& operator=(const SyncClient&) = delete;

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
  void adopt(const CommandId& id, AnyCommand command, Instant decided_at, Instant now);

  // --- commands ---
  // `id` is new and random; the ids inside the command too. Refused with `not_permitted` before the
  // first sign_in(); while signed_out commands are kept and sent later.
  Result<Submission> submit(AnyCommand command, const CommandId& id, Instant now);

  // --- what to show ---
  const State& state() const { return replica_.state(); }  // confirmed rows and predictions
  // Shows `look` the state as it would be after this command; not at all if it would be refused.
  // What comes of a command is asked of the rules, never guessed. References to rows of state() do
  // not outlive the call.
  void suppose(const AnyCommand& command, Instant now,
               const std::function<void(const State&)>& look) {
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
  const Replica::Losses& losses() const { return replica_.losses(); }
  // Whether the row with this id rests on a prediction (待确认).
  bool is_pending(const Uuid& id) const { return replica_.is_pending(id); }
  const SyncStatus& status() const { return status_; }
  // Commands whose result or rows are not known yet, in order.
  const std::deque<Replica::Pending>& pending() const { return replica_.pending(); }
  const UserId& user() const { return user_; }  // whose replica it is; none: nobody's
  const std::string& cookie() const { return puller_.cookie(); }
  // The confirmed rows as a pull without a cookie would bring them.
  wire::PullResponse confirmed(Instant now);
  std::vector<SyncEvent> take_events();
  Actor actor() const { return {ActorKind::user, user_}; }
  // The server's clock as far as it is known. Every answer that carries it corrects the estimate;
  // tell it those of other requests (sign-in) by note_server_clock.
  void note_server_clock(Instant server_now, Instant sent_at, Instant received_at) {
    clock_.note_answer(server_now, sent_at, received_at);
  }
  Instant server_time(Instant now) const { return clock_.at(now); }

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
  bool may_send() const { return session_ == Session::open; }
  void push_answered(const TransportAnswer& answer, Instant now);
  void pull_answered(const TransportAnswer& answer, Instant now);
  void apply(wire::PullResponse response, Instant now);
  void stop_for(Demand demand, Instant now);
  void stop(Connection connection);
  void forget_rows(Instant now);
  void register_anew();
  Save next_save() { return {++last_save_, {}}; }
  void write(const Save& save);
  void put_everything(Save& save, Replica::StoredRows rows, Instant now);
  void take_settled();
  void update_status();
  Connection connection() const;

  SyncStorage& storage_;
  StorageTicket last_save_ = 0;

  Link link_;
  UserId user_;
  Replica replica_;
  Journal journal_;
  ServerClock clock_;
  Sender sender_{link_, replica_, journal_, clock_};
  Puller puller_{link_, replica_, clock_};
  std::vector<SyncEvent> events_;

  SyncStatus status_;
  std::uint64_t version_ = 0;
  // unproven: the storage says who was signed in, the server has not been asked yet.
  enum class Session : std::uint8_t { none, unproven, open, update_needed };
  Session session_ = Session::none;
  bool online_hint_ = true;
};

}  // namespace yuanyue::sync
