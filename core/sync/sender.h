// The way of commands to the server: which are pushed, in which order, under which numbers, and
// what the answers say of them. The outbox itself is Replica::pending(): all that has no result.
//
// - FIFO, one push at a time, and nothing before the storage has it.
// - After a failure the same is sent again, later each time; the ids of the commands keep each from
//   being applied twice.
// - A command leaves the outbox by its result only, or as one that the server cannot read. An
//   accepted one goes into the journal.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "core/protocol/protocol.h"
#include "core/sync/backoff.h"
#include "core/sync/demand.h"
#include "core/sync/journal.h"
#include "core/sync/link.h"
#include "core/sync/replica.h"
#include "core/sync/server_clock.h"

namespace yuanyue::sync {

// What came of a push, beyond what the sender does about it.
struct PushAnswer {
  enum class Kind : std::uint8_t {
    waits,     // tried again by itself
    settled,   // commands have their result: the save is to be written
    numbered,  // under a new client id: the save is to be written, what a pull answers is void
    stopped,   // nothing can be sent as things are, see `demand`
  };
  Kind kind = Kind::waits;
  Demand demand = Demand::patience;
  std::optional<CommandRefused> unreadable{};  // numbered: for the want of this one's number
};

class Sender {
 public:
  // All outlive the sender.
  Sender(Link& link, Replica& replica, Journal& journal, ServerClock& clock)
      : link_(link), replica_(replica), journal_(journal), clock_(clock) {}

  // --- the outbox and its numbers ---
  const ClientId& client() const { return client_; }  // none: nobody's
  std::uint64_t next_seq() const { return next_seq_; }
  void load(const StoredReplica& stored);
  // What a storage holds that opened late: its commands go first.
  void join(const StoredReplica& stored, Replica::StoredRows rows);
  void clear();
  // The first client id of a user.
  void introduce(Save& save);
  // A new client id: the push under way is given up, and the outbox numbered from 1.
  void number_anew(Save& save);
  // Numbers the command and puts it at the end.
  void add(Replica::Pending pending, Save& save);
  // Tells the storage the whole outbox.
  void put_outbox(Save& save);

  // --- pushing ---
  void start(Instant now);    // if there is something to send, and it is time
  Instant next_wake() const;  // `never`: nothing to do but wait for answers
  void abort();
  void try_now(Instant now) { backoff_.pause_until(now); }
  void forget_failures() { backoff_.succeeded(); }
  int failures() const { return backoff_.slowed() ? 0 : backoff_.failures(); }
  // The server has had more than it takes, and is asked again then.
  std::optional<Instant> slowed_until() const;

  // --- answers ---
  bool awaits(TransportTicket ticket) const { return ticket != 0 && ticket == request_.ticket; }
  // To the push under way, which is over with it.
  PushAnswer take_answer(const TransportAnswer& answer, Instant now, Save& save);
  // Results from a push or a pull.
  void settle(const std::vector<wire::CommandResult>& results, Save& save, Instant now);
  // After a reset: accepted commands that its complete ledger does not name go again, before
  // anything newer, under a new client id.
  void send_forgotten_again(const std::vector<LedgerEntry>& complete_ledger, Save& save,
                            Instant now);

 private:
  struct Request {
    TransportTicket ticket = 0;  // 0: none under way
    Instant sent_at;
    std::size_t size = 0;  // commands
  };

  bool has_command_to_send() const;
  bool is_counted_elsewhere(const std::vector<wire::CommandResult>& results) const;
  wire::PushRequest next_request() const;
  void back_off(std::int64_t retry_after_ms, Instant now);
  PushAnswer refused(const TransportAnswer& answer, const Request& request, Instant now,
                     Save& save);
  PushAnswer unreadable(const std::string& field, const Request& request, Instant now, Save& save);

  Link& link_;
  Replica& replica_;
  Journal& journal_;
  ServerClock& clock_;

  ClientId client_;
  std::uint64_t next_seq_ = 1;
  Request request_;
  Backoff backoff_;
  bool one_by_one_ = false;  // to find the unreadable one
};

}  // namespace yuanyue::sync
