#include "tests/core/support/snapshot.h"

#include <algorithm>
#include <tuple>
#include <utility>
#include <vector>

#include "core/appointments/booking.h"
#include "core/appointments/offer.h"
#include "core/appointments/open_work.h"
#include "core/appointments/queues.h"
#include "core/appointments/waiting_place.h"
#include "core/appointments/waitlist_entry.h"
#include "core/kernel/domain.h"
#include "core/kernel/row.h"
#include "core/messages/notification.h"
#include "core/people/accounts.h"
#include "core/people/enterprise.h"
#include "core/people/grants.h"
#include "core/people/ids.h"
#include "core/people/user.h"

namespace yuanyue::worlds {
namespace {

void add_rows(const State& state, std::span<const RowTypeBase* const> types, Snapshot& rows) {
  for_each_row(state, types, [&](const RowRef& row) { rows.emplace(key_of(row), AnyRow(row)); });
}

using Seat = std::tuple<BookingId, Date, TimeOfDay, TimeOfDay, std::uint32_t>;
std::vector<Seat> seats_of(const State& state, const EnterpriseId& id) {
  std::vector<Seat> seats;
  for (const OpenSeat& seat : open_seats(state, id)) {
    seats.emplace_back(booking_of(state, seat).id, seat.date, seat.start, seat.end,
                       seat.service_hash);
  }
  std::ranges::sort(seats);
  return seats;
}

template <class Value>
std::vector<Value> sorted(std::vector<Value> values) {
  std::ranges::sort(values);
  return values;
}

}  // namespace

Snapshot take_snapshot(const State& state) {
  Snapshot rows;
  add_rows(state, state.domains().rows(), rows);
  return rows;
}

Snapshot take_moving_rows(const State& state) {
  Snapshot rows;
  add_rows(state, row_types<Block, Booking, WaitlistEntry, Offer, WaitingPlace, Notification>,
           rows);
  return rows;
}

State replica_of(const State& state, const UserId& user) {
  const std::vector<Audience> mine = audiences_for(*state.find(user));
  State replica;
  for (const auto& [key, row] : take_snapshot(state)) {
    const Audiences audiences = audiences_of(state, row);
    if (std::ranges::find_first_of(audiences, mine) != audiences.end()) replica.put(row);
  }
  return replica;
}

State rebuild(const Snapshot& rows) {
  State state;
  for (const auto& [key, row] : rows) state.put(row);
  return state;
}

std::string index_difference(const State& state, const State& rebuilt) {
  std::string difference;
  const auto expect = [&](bool same, const char* index) {
    if (!same) difference = index;
  };
  rebuilt.for_each<Enterprise>([&](const Enterprise& row) {
    expect(seats_of(state, row.id) == seats_of(rebuilt, row.id), "open_seats");
    expect(sorted(open_entries(state, row.id)) == sorted(open_entries(rebuilt, row.id)),
           "open_entries");
    expect(can_sign_in(state, row.id) == can_sign_in(rebuilt, row.id), "can_sign_in");
    expect(enterprise_by_credit_code(state, row.credit_code) ==
               enterprise_by_credit_code(rebuilt, row.credit_code),
           "enterprise_by_credit_code");
  });
  rebuilt.for_each<User>([&](const User& row) {
    expect(user_by_name(state, row.name) == user_by_name(rebuilt, row.name), "user_by_name");
  });
  const auto same_bookings = [&](const BlockKey& key) {
    expect(sorted(confirmed_bookings(state, key)) == sorted(confirmed_bookings(rebuilt, key)),
           "confirmed_bookings");
  };
  rebuilt.for_each<Block>([&](const Block& row) {
    same_bookings(row.key);
    expect(queue_of(state, row.key) == queue_of(rebuilt, row.key), "queue_of");
  });
  rebuilt.for_each<Booking>([&](const Booking& row) {
    same_bookings(row.block);
    expect(booking_by_code(state, row.code) == row.id, "booking_by_code");
  });
  expect(state.due() == rebuilt.due(), "due");
  expect(state.finished() == rebuilt.finished(), "finished");
  return difference;
}

bool equal(const Outcome& a, const Outcome& b) {
  return a.ledger == b.ledger &&
         std::ranges::equal(a.changes(), b.changes(), [](const RowChange& x, const RowChange& y) {
           return x.before() == y.before() && x.after() == y.after() && x.archived == y.archived;
         });
}

}  // namespace yuanyue::worlds
