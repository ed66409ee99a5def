// What a decided command means: row changes, ledger entries; or why it cannot be, and the ways
// forward.
#pragma once

#include <cstddef>
#include <cstdint>
#include <expected>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/calendar/deadline.h"
#include "core/kernel/ledger.h"
#include "core/kernel/row.h"

namespace yuanyue {

// Room for the values of one outcome: one allocation for a usual command instead of two a row.
class Arena {
 public:
  Arena() = default;
  Arena(Arena&& other) noexcept { *this = std::move(other); }
  Arena& operator=(Arena&& other) noexcept {
    std::swap(blocks_, other.blocks_);
    std::swap(next_, other.next_);
    std::swap(end_, other.end_);
    return *this;
  }
  void* allocate(std::size_t size, std::size_t align);

 private:
  static constexpr std::size_t block_bytes = 2048;
  std::vector<std::unique_ptr<std::byte[]>> blocks_;
  std::byte* next_ = nullptr;
  std::byte* end_ = nullptr;
};

// Without `before`: inserted; without `after`: erased, or archived. The same row may change several
// times, in order. Its rows belong to the outcome.
struct RowChange {
  const RowTypeBase* type = nullptr;
  void* before_row = nullptr;
  void* after_row = nullptr;
  bool archived = false;  // it leaves State as it is and stays in the store

  RowRef before() const { return {type, before_row}; }
  RowRef after() const { return {type, after_row}; }
  // The row as it is now, or as it was when it has gone.
  RowRef row() const { return after_row != nullptr ? after() : before(); }
  template <class Row>
  const Row* before_if() const {
    return before().get_if<Row>();
  }
  template <class Row>
  const Row* after_if() const {
    return after().get_if<Row>();
  }
};

class Outcome {
 public:
  Outcome() = default;
  Outcome(Outcome&& other) noexcept = default;
  Outcome& operator=(Outcome&& other) noexcept;
  ~Outcome();
  // With copies of all rows.
  Outcome clone() const;

  const std::vector<RowChange>& changes() const { return changes_; }
  // Copies of these rows as one more change.
  void add(const RowRef& before, const RowRef& after);
  void add_archived(const RowRef& row);
  // A copy of another outcome's change.
  void add(const RowChange& change);
  // Calls `spoil` with each row of this type that was put: for tests of who must notice.
  template <class Row, class Spoil>
  void spoil_each(Spoil spoil) {
    for (const RowChange& change : changes_) {
      if (change.after_if<Row>() != nullptr) spoil(*static_cast<Row*>(change.after_row));
    }
  }

  std::vector<LedgerEntry> ledger;

 private:
  friend class Transaction;
  struct Room {
    void* before;
    void* after;
  };
  // Two values in a row, where add_made() then finds them.
  Room room_for(const RowTypeBase& type) {
    return {arena_.allocate(type.size, type.align), arena_.allocate(type.size, type.align)};
  }
  void add_made(const RowChange& change) { changes_.push_back(change); }
  void* copy_of(const RowRef& row);

  Arena arena_;
  std::vector<RowChange> changes_;
};

// Stable codes: protocol, i18n key "rejection.<code>" and tests use these names.
enum class RejectionCode : std::uint8_t {
  not_permitted,     // not yours, or not your role's
  not_found,         // the thing it names does not exist (for you)
  already_exists,    // an id or unique name is taken
  invalid,           // malformed: `field` says what
  stale,             // it has moved since the sender looked; `block` is where it is now
  not_confirmed,     // the booking is cancelled or over
  past_deadline,     // `deadline` explains
  too_many_changes,  // `limit`
  block_full,        // `block`
  block_closed,      // no such block that day (closure, holiday, not in the template): `reason`
  outside_window,    // too early: `at` is when it opens; or past: the block has closed for booking
  past_cutoff,       // the block closed for booking at `at`
  same_block,        // it is there already
  overlaps_own_booking,  // `booking`
  too_many_open,         // `limit` open bookings for the service
  waitlist_full,         // `limit` places in the block's queue
  too_many_entries,      // `limit` open waitlist entries for the service
  already_waiting,       // an entry of yours waits for this already: `entry`
  seat_is_free,          // no need to wait: `block` can be booked now
  offer_closed,          // expired, declined or withdrawn before
  undo_expired,          // the undo time is over
  last_administrator,    // nobody could administer the park any more
  cannot_be_kept,        // what it would make is beyond what can be stored and read again
  nothing_to_undo,       // no change of the enterprise's own to take back; or the hall made it move
  service_inactive,      // the service is switched off: nothing new there
  too_many_blocks,       // the wishes name more than `limit` blocks
};

enum class WayKind : std::uint8_t {
  choose_block,       // `block` is free for you: `free_seats`
  join_waitlist,      // for `block`, the present seat is kept
  choose_other_day,   // open the calendar
  emergency_channel,  // ask the hall's emergency team (hall's telephone until the channel exists)
  view_booking,       // `booking`
  view_entry,         // `entry`
  leave_waitlist,     // `entry`, to make room
  refresh,            // look again, then decide
  choose_other_service,  // open the list of services
};

struct WayForward {
  WayKind kind = WayKind::refresh;
  std::optional<BlockKey> block{};
  int free_seats = 0;
  BookingId booking{};
  WaitlistEntryId entry{};
  bool operator==(const WayForward&) const = default;
};

struct Rejection {
  RejectionCode code = RejectionCode::invalid;
  std::string field;  // invalid: a path such as "wishes[2].date"
  std::optional<BlockKey> block;
  std::optional<DayReason> reason;  // block_closed: why the day or block is closed, if the day is
  std::string reason_name;          // 国庆节, 台风 …
  std::optional<Deadline> deadline;
  std::optional<Instant> at;
  int limit = 0;
  BookingId booking;
  WaitlistEntryId entry;
  std::vector<WayForward> ways;
  bool operator==(const Rejection&) const = default;
};

template <class Value>
using Result = std::expected<Value, Rejection>;

}  // namespace yuanyue
