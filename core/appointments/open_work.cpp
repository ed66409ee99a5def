#include "core/appointments/open_work.h"

#include <algorithm>
#include <functional>

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

OpenSeat seat_of(std::uint32_t slot, const Booking& row) {
  const auto service_hash = static_cast<std::uint32_t>(hash_of(row.block.service));
  return {slot, service_hash, row.block.date, row.block.start, row.end};
}

std::size_t hash_of_code(std::string_view code) { return std::hash<std::string_view>{}(code); }

template <class Change>
void change_held(OpenWork& work, const EnterpriseId& enterprise, Change change) {
  OpenWork::Held* held = work.held.find(enterprise);
  if (held == nullptr) {
    held = &work.held.insert(OpenWork::Held{.id = enterprise, .seats = {}, .entries = {}});
  }
  change(*held);
  if (held->seats.empty() && held->entries.empty()) work.held.erase(enterprise);
}

void add_confirmed(OpenWork& work, const Booking& row, std::uint32_t slot) {
  OpenWork::Confirmed* confirmed = work.confirmed.find(row.block);
  if (confirmed == nullptr) {
    confirmed = &work.confirmed.insert(OpenWork::Confirmed{.key = row.block, .slots = {}});
  }
  confirmed->slots.push_back(slot);
}

void remove_confirmed(OpenWork& work, const Booking& row, std::uint32_t gone) {
  OpenWork::Confirmed* confirmed = work.confirmed.find(row.block);
  if (confirmed == nullptr) return;
  erase_unordered(confirmed->slots, [&](std::uint32_t slot) { return slot == gone; });
  if (confirmed->slots.empty()) work.confirmed.erase(row.block);
}

}  // namespace

void add_booking(Indexing& indexing, const Booking& row) {
  OpenWork& work = indexing.part<OpenWork>();
  const std::uint32_t slot = slot_of(indexing.state(), row.id);
  work.by_code.insert(hash_of_code(row.code), slot);
  if (row.status != BookingStatus::confirmed) return;
  change_held(work, row.enterprise,
              [&](OpenWork::Held& held) { held.seats.push_back(seat_of(slot, row)); });
  add_confirmed(work, row, slot);
}

void remove_booking(Indexing& indexing, const Booking& row) {
  OpenWork& work = indexing.part<OpenWork>();
  const std::uint32_t slot = slot_of(indexing.state(), row.id);
  work.by_code.erase(hash_of_code(row.code), slot);
  if (row.status != BookingStatus::confirmed) return;
  change_held(work, row.enterprise, [&](OpenWork::Held& held) {
    erase_unordered(held.seats, [&](const OpenSeat& seat) { return seat.slot == slot; });
  });
  remove_confirmed(work, row, slot);
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
  const std::uint32_t slot = slot_of(indexing.state(), after.id);
  change_held(work, after.enterprise, [&](OpenWork::Held& held) {
    for (OpenSeat& seat : held.seats) {
      if (seat.slot == slot) seat = seat_of(slot, after);
    }
  });
  remove_confirmed(work, before, slot);
  add_confirmed(work, after, slot);
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

bool is_of_service(const State& state, const OpenSeat& seat, const ServiceId& service) {
  return seat.service_hash == static_cast<std::uint32_t>(hash_of(service)) &&
         booking_of(state, seat).block.service == service;
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
  const auto& rows = state.rows<Booking>();
  const std::uint32_t slot = state.part<OpenWork>().by_code.find(
      hash_of_code(code), [&](std::uint32_t candidate) { return rows.at(candidate).code == code; });
  if (slot == SlotIndex::none) return std::nullopt;
  return rows.at(slot).id;
}

}  // namespace yuanyue
