// The blocks of a service on a day, their seats, and when they open and close for booking.
// Source: docs/rules.md "Booking and rescheduling".
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/appointments/block.h"
#include "core/appointments/ids.h"
#include "core/calendar/hall_calendar.h"
#include "core/catalog/catalog.h"
#include "core/kernel/state.h"
#include "core/people/ids.h"

namespace yuanyue {

// A block as the template, the overrides and the calendar make it at one moment.
struct BlockFacts {
  BlockKey key;
  TimeOfDay end;
  int capacity = 0;
  int reserve = 0;  // emergency seats not yet released to the public
  int booked = 0;
  int held = 0;
  int waiting = 0;
  bool closed_by_override = false;
  std::string_view closed_reason;
  Instant starts_at;
  Instant opens_at;            // for booking
  Instant cutoff_at;           // closes for booking
  Instant reserve_release_at;  // never without a reserve

  int free_seats() const {
    return capacity - reserve - booked - held > 0 ? capacity - reserve - booked - held : 0;
  }
  bool open_for_booking(Instant now) const {
    return !closed_by_override && opens_at <= now && now < cutoff_at;
  }
  // Who waits has joined while booking was open, and need not wait for it to open again.
  bool open_for_waiters(Instant now) const { return !closed_by_override && now < cutoff_at; }
};

// The calendar of a service's hall; requires the service's hall to exist.
HallCalendar calendar_of(const State& state, const Service& service);

// nullopt when the template has no such block on that day or the day is no business day of the
// hall.
std::optional<BlockFacts> block_facts(const State& state, const Service& service,
                                      const BlockKey& key, Instant now);

// All blocks of a day, ascending by start, those closed by an override included.
std::vector<BlockFacts> blocks_on(const State& state, const Service& service, Date date,
                                  Instant now);

// The first and last date that can be booked at `now`.
struct BookingWindow {
  Date first;
  Date last;
};
BookingWindow booking_window(const Service& service, Instant now);

// The nearest blocks with a free seat that this enterprise could take instead of `wanted`: by
// distance in days, then earlier first; at most `count`. `ignoring`: its own booking that would be
// given up.
std::vector<BlockFacts> nearest_free_blocks(const State& state, const Service& service,
                                            const BlockKey& wanted, const EnterpriseId& enterprise,
                                            const BookingId& ignoring, Instant now,
                                            std::size_t count);

}  // namespace yuanyue
