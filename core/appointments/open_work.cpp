#include "core/appointments/open_work.h"

#include <algorithm>

#include "core/appointments/booking.h"

namespace yuanyue {
namespace {

// Order does not matter in these short lists, so the last takes the place of the erased one.
template <class Vector, class Matches>
void erase_unordered(Vector& values, Matches matches) {
  const auto it = std::find_if(values.begin(), values.end(), matches);
  if (it == values.end()) return;
  *it = std::move(values.back());
  values.pop_back();
}

template <class Change>
void change_held(OpenWork& work, const EnterpriseId& enterprise, Change change) {
  OpenWork::Held* held = work.held.find(enterprise);
  if (held == nullptr) {
    held = &work.held.insert(OpenWork::Held{.id = enterprise, .seats = {}, .entries = {}});
  }
  change(*held);
  if (held->seats.empty() && held->entries.empty()) work.held.erase(enterprise);
}

void add_confirmed(const Indexing& indexing, OpenWork& work, const Booking& row) {
  OpenWork::Confirmed* confirmed = work.confirmed.find(row.block);
  if (confirmed == nullptr) {
    confirmed = &work.confirmed.insert(OpenWork::Confirmed{.key = row.block, .slots = {}});
  }
  confirmed->slots.push_back(indexing.state().rows<Booking>().slot_of(row.id));
}

void remove_confirmed(const Indexing& indexing, OpenWork& work, const Booking& row) {
  OpenWork::Confirmed* confirmed = work.confirmed.find(row.block);
  if (confirmed == nullptr) return;
  const std::uint32_t gone = indexing.state().rows<Booking>().slot_of(row.id);
  erase_unordered(confirmed->slots, [&](std::uint32_t slot) { return slot == gone; });
  if (confirmed->slots.empty()) work.confirmed.erase(row.block);
}

}  // namespace

void add_booking(Indexing& indexing, const Booking& row) {
  OpenWork& work = indexing.part<OpenWork>();
  work.by_code[row.code] = row.id;
  if (row.status != BookingStatus::confirmed) return;
  change_held(work, row.enterprise,
              [&](OpenWork::Held& held) { held.seats.push_back({row.id, row.block, row.end}); });
  add_confirmed(indexing, work, row);
}

void remove_booking(Indexing& indexing, const Booking& row) {
  OpenWork& work = indexing.part<OpenWork>();
  erase_text(work.by_code, row.code, row.id);
  if (row.status != BookingStatus::confirmed) return;
  change_held(work, row.enterprise, [&](OpenWork::Held& held) {
    erase_unordered(held.seats, [&](const OpenSeat& seat) { return seat.booking == row.id; });
  });
  remove_confirmed(indexing, work, row);
}

// Moving a booking, the commonest change, touches only what names its block.
void change_booking(Indexing& indexing, const Booking& before, const Booking& after) {
  const bool same_otherwise = before.status == after.status &&
                              before.enterprise == after.enterprise && before.code == after.code;
  if (!same_otherwise) {
    remove_booking(indexing, before);
    add_booking(indexing, after);
    return;
  }
  const bool same_seat = before.block == after.block && before.end == after.end;
  if (after.status != BookingStatus::confirmed || same_seat) return;
  OpenWork& work = indexing.part<OpenWork>();
  change_held(work, after.enterprise, [&](OpenWork::Held& held) {
    for (OpenSeat& seat : held.seats) {
      if (seat.booking == after.id) seat = {after.id, after.block, after.end};
    }
  });
  remove_confirmed(indexing, work, before);
  add_confirmed(indexing, work, after);
}

void add_entry(Indexing& indexing, const WaitlistEntry& row) {
  if (!is_open(row)) return;
  change_held(indexing.part<OpenWork>(), row.enterprise,
              [&](OpenWork::Held& held) { held.entries.push_back(row.id); });
}

void remove_entry(Indexing& indexing, const WaitlistEntry& row) {
  if (!is_open(row)) return;
  change_held(indexing.part<OpenWork>(), row.enterprise, [&](OpenWork::Held& held) {
    erase_unordered(held.entries, [&](const WaitlistEntryId& id) { return id == row.id; });
  });
}

void change_entry(Indexing& indexing, const WaitlistEntry& before, const WaitlistEntry& after) {
  if (is_open(before) == is_open(after) && before.enterprise == after.enterprise) return;
  remove_entry(indexing, before);
  add_entry(indexing, after);
}

const std::vector<OpenSeat>& open_seats(const State& state, const EnterpriseId& enterprise) {
  static const std::vector<OpenSeat> no_seats;
  const OpenWork::Held* held = state.part<OpenWork>().held.find(enterprise);
  return held == nullptr ? no_seats : held->seats;
}

const std::vector<WaitlistEntryId>& open_entries(const State& state,
                                                 const EnterpriseId& enterprise) {
  static const std::vector<WaitlistEntryId> no_entries;
  const OpenWork::Held* held = state.part<OpenWork>().held.find(enterprise);
  return held == nullptr ? no_entries : held->entries;
}

std::vector<BookingId> confirmed_bookings(const State& state, const BlockKey& block) {
  std::vector<BookingId> bookings;
  const OpenWork::Confirmed* confirmed = state.part<OpenWork>().confirmed.find(block);
  if (confirmed == nullptr) return bookings;
  bookings.reserve(confirmed->slots.size());
  const auto& rows = state.rows<Booking>();
  for (const std::uint32_t slot : confirmed->slots) bookings.push_back(rows.at(slot).id);
  return bookings;
}

std::optional<BookingId> booking_by_code(const State& state, std::string_view code) {
  return find_text(state.part<OpenWork>().by_code, code);
}

}  // namespace yuanyue
