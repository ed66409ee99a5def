#include "tests/core/support/snapshot.h"

#include <algorithm>
#include <utility>
#include <vector>

namespace yuanyue::worlds {
namespace {

template <class RowType>
void add_rows(const State& state, Snapshot& rows) {
  state.for_each<RowType>([&](const RowType& row) { rows.emplace(key_of(row), row); });
}

template <class... RowType>
Snapshot all_rows(const State& state, const std::variant<RowType...>*) {
  Snapshot rows;
  (add_rows<RowType>(state, rows), ...);
  return rows;
}

std::vector<std::pair<BookingId, BlockKey>> seats_of(const State& state, const EnterpriseId& id) {
  std::vector<std::pair<BookingId, BlockKey>> seats;
  for (const OpenSeat& seat : state.open_seats(id)) seats.emplace_back(seat.booking, seat.block);
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
  return all_rows(state, static_cast<const Row*>(nullptr));
}

Snapshot take_moving_rows(const State& state) {
  using Moving = std::variant<Block, Booking, WaitlistEntry, Offer, Notification>;
  return all_rows(state, static_cast<const Moving*>(nullptr));
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
    expect(sorted(state.open_entries(row.id)) == sorted(rebuilt.open_entries(row.id)),
           "open_entries");
    expect(state.can_sign_in(row.id) == rebuilt.can_sign_in(row.id), "can_sign_in");
    expect(state.enterprise_by_credit_code(row.credit_code) ==
               rebuilt.enterprise_by_credit_code(row.credit_code),
           "enterprise_by_credit_code");
  });
  rebuilt.for_each<User>([&](const User& row) {
    expect(state.user_by_name(row.name) == rebuilt.user_by_name(row.name), "user_by_name");
  });
  const auto same_bookings = [&](const BlockKey& key) {
    expect(sorted(state.confirmed_bookings(key)) == sorted(rebuilt.confirmed_bookings(key)),
           "confirmed_bookings");
  };
  rebuilt.for_each<Block>([&](const Block& row) { same_bookings(row.key); });
  rebuilt.for_each<Booking>([&](const Booking& row) {
    same_bookings(row.block);
    expect(state.booking_by_code(row.code) == row.id, "booking_by_code");
  });
  expect(state.due() == rebuilt.due(), "due");
  return difference;
}

bool equal(const Outcome& a, const Outcome& b) {
  return a.ledger == b.ledger &&
         std::ranges::equal(a.changes, b.changes, [](const RowChange& x, const RowChange& y) {
           return x.before == y.before && x.after == y.after;
         });
}

}  // namespace yuanyue::worlds
