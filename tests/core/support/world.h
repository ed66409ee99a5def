// A state with a clock. Runs timers before commands as the server does, and checks after every step
// that the engine keeps its promises (decide changes nothing, revert takes all back, apply does the
// same as execute), that the invariants hold, and that the judge (judge.h) finds every decision
// right.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/appointments/join_waitlist.h"
#include "core/kernel/engine.h"
#include "core/messages/notification.h"
#include "tests/core/support/invariants.h"
#include "tests/core/support/judge.h"
#include "tests/core/support/kinds.h"
#include "tests/core/support/park.h"
#include "tests/core/support/seen.h"
#include "tests/core/support/snapshot.h"

namespace yuanyue::worlds {

inline constexpr std::optional<RefusalName> accepted = std::nullopt;

// What came of a command, and the ids it carried.
struct Attempt {
  std::optional<Rejection> refusal;
  Outcome outcome;
  BookingId booking;
  WaitlistEntryId entry;

  explicit operator bool() const { return !refusal; }
  std::optional<RefusalName> code() const {
    return refusal ? std::optional(refusal->code) : std::nullopt;
  }
};

enum class Checks : std::uint8_t {
  all,         // after every step
  invariants,  // without the engine's promises, which cost more
  none
};

class World {
 public:
  // The rows of park_rows() and the official calendar, at "2026-11-02 09:00", a Monday.
  World();
  World(const std::vector<AnyRow>& rows, Instant now, Checks checks = Checks::all);

  const State& state() const { return state_; }
  Instant now() const { return now_; }
  // For setting up; no command is decided.
  void put(AnyRow row) {
    judge_.put(row);
    state_.put(std::move(row));
  }

  // Moves the clock; everything due on the way runs at its own instant, as on a server that is up.
  void go_to(Instant instant);
  void go_to(std::string_view when) { go_to(at(when)); }
  void pass(std::int64_t duration_ms) { go_to(now_ + duration_ms); }
  // Moves the clock as an outage does: everything due meanwhile runs at `instant`.
  void wake_at(Instant instant);

  Attempt execute(const Actor& who, const AnyCommand& command);

  Attempt book(const Member& who, const BlockKey& block);
  // From where the booking is.
  Attempt reschedule(const Member& who, const BookingId& booking, const BlockKey& to);
  Attempt undo(const Member& who, const BookingId& booking);
  Attempt cancel(const Member& who, const BookingId& booking);
  Attempt join(const Member& who, const BlockKey& block);
  Attempt join_automatically(const Member& who, const BlockKey& block);
  Attempt join_to_swap(const Member& who, const BookingId& booking, const BlockKey& block);
  Attempt join(const Member& who, JoinWaitlist command);  // the entry's id is filled in
  Attempt leave(const Member& who, const WaitlistEntryId& entry);
  Attempt accept(const Member& who, const WaitlistEntryId& entry);   // its open offer
  Attempt decline(const Member& who, const WaitlistEntryId& entry);  // its open offer
  Attempt administer(const AnyCommand& command) { return execute(admin_actor, command); }

  Uuid next_id() { return uuid(7, ++ids_); }
  void fill(const BlockKey& block, std::uint64_t first_stranger, int seats);  // by strangers

  const Booking& booking(const BookingId& id) const { return *state_.find(id); }
  const WaitlistEntry& entry(const WaitlistEntryId& id) const { return *state_.find(id); }
  const Offer* offer_of(const WaitlistEntryId& id) const;  // the open one
  int booked(const BlockKey& block) const;
  int held(const BlockKey& block) const;
  std::vector<WaitlistEntryId> queue(const BlockKey& block) const;
  // Of all time, oldest first.
  std::vector<Notification> notifications(const Member& who, NoticeName kind) const;

  // What went wrong so far.
  const std::vector<std::string>& faults() const { return faults_; }
  std::vector<std::string> take_faults() { return std::exchange(faults_, {}); }
  // Everything that was changed since this was asked last.
  Outcome take_seen() { return std::exchange(seen_, {}); }

 private:
  void see(const Outcome& outcome);
  void judge(const Envelope& envelope, const Result<Outcome>& result);
  void run_one(Instant now);
  void check_promises(const Envelope& envelope, const Snapshot& before,
                      const Result<Outcome>& result);
  void check_invariants(const AnyCommand& command, const Excess& before);

  State state_;
  Judge judge_;
  Instant now_;
  Checks checks_;
  std::uint64_t ids_ = 0;
  std::vector<std::string> faults_;
  Outcome seen_;
};

}  // namespace yuanyue::worlds
