// The way of rows from the server: one pull at a time, held by the server until there is something
// new. Keeps the cookie, which says up to where the replica is complete.
//
// The first pull of a session, and the first after a failure, do not wait. One that is held is
// given up when rows of an accepted command should have come and have not: the wake-up may be lost,
// and a command that had been settled long before wakes nobody.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "core/protocol/protocol.h"
#include "core/sync/backoff.h"
#include "core/sync/demand.h"
#include "core/sync/link.h"
#include "core/sync/replica.h"
#include "core/sync/server_clock.h"

namespace yuanyue::sync {

struct PullAnswer {
  enum class Kind : std::uint8_t {
    waits,    // tried again by itself, or nothing is new
    news,     // `response` is to be applied; the cookie is its already
    renew,    // wants a new client id, and then back_off()
    stopped,  // nothing can be asked as things are, see `demand`
  };
  Kind kind = Kind::waits;
  Demand demand = Demand::patience;
  wire::PullResponse response{};
};

class Puller {
 public:
  // All outlive the puller.
  Puller(Link& link, Replica& replica, ServerClock& clock)
      : link_(link), replica_(replica), clock_(clock) {}

  const std::string& cookie() const { return cookie_; }
  bool has_replica() const { return has_replica_; }  // complete once, by pull or from the storage
  std::optional<Instant> last_synced_at() const { return last_synced_at_; }  // device clock
  int failures() const { return backoff_.failures(); }

  void load(const std::string& cookie);
  void forget_rows();
  void clear();
  void start_session();

  // --- pulling ---
  void start(const ClientId& client, Instant now);  // if none is under way, and it is time
  Instant next_wake() const;                        // `never`: nothing to do but wait for answers
  void abort();
  void do_not_wait() { pulled_ = false; }  // the next one
  void ask_now(Instant now);               // without waiting, and without minding failures
  void expect_rows(Instant now);           // a command was accepted
  void give_up_waiting(Instant now);       // if expected rows have not come in time
  void back_off(std::int64_t retry_after_ms, Instant now);

  // --- answers ---
  bool awaits(TransportTicket ticket) const { return ticket != 0 && ticket == request_.ticket; }
  // To the pull under way, which is over with it.
  PullAnswer take_answer(const TransportAnswer& answer, Instant now);

 private:
  struct Request {
    TransportTicket ticket = 0;  // 0: none under way
    Instant sent_at;
    bool is_held = false;
  };

  bool waits_for_rows() const;
  PullAnswer refused(const TransportAnswer& answer, Instant now);

  Link& link_;
  Replica& replica_;
  ServerClock& clock_;

  std::string cookie_;
  bool has_replica_ = false;
  std::optional<Instant> last_synced_at_;
  Request request_;
  Backoff backoff_;
  bool pulled_ = false;     // in this session: the next one may be held
  Instant rows_wanted_at_;  // when the rows of accepted commands should have come
};

}  // namespace yuanyue::sync
