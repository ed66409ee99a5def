#include "core/kernel/state.h"

#include <algorithm>

namespace yuanyue {
namespace {

template <class Map>
std::optional<typename Map::mapped_type> find_value(const Map& map, std::string_view key) {
  const auto it = map.find(key);
  if (it == map.end()) return std::nullopt;
  return it->second;
}

// Order does not matter in these short lists, so the last takes the place of the erased one.
template <class Vector, class Matches>
void erase_unordered(Vector& values, Matches matches) {
  const auto it = std::find_if(values.begin(), values.end(), matches);
  if (it == values.end()) return;
  *it = std::move(values.back());
  values.pop_back();
}

Instant block_end(const Block& block) { return to_instant(block.key.date, block.end); }

}  // namespace

// --- indexes -------------------------------------------------------------------------------------

void State::index(const Booking& row) {
  booking_by_code_[row.code] = row.id;
  if (row.status != BookingStatus::confirmed) return;
  change_held(row.enterprise,
              [&](Held& held) { held.seats.push_back({row.id, row.block, row.end}); });
  add_confirmed(row);
}

void State::unindex(const Booking& row) {
  if (const auto it = booking_by_code_.find(row.code);
      it != booking_by_code_.end() && it->second == row.id) {
    booking_by_code_.erase(it);
  }
  if (row.status != BookingStatus::confirmed) return;
  change_held(row.enterprise, [&](Held& held) {
    erase_unordered(held.seats, [&](const OpenSeat& seat) { return seat.booking == row.id; });
  });
  remove_confirmed(row);
}

// Moving a booking, the commonest change, touches only what names its block.
void State::reindex(const Booking& before, const Booking& after) {
  const bool same_otherwise = before.status == after.status &&
                              before.enterprise == after.enterprise && before.code == after.code;
  if (!same_otherwise) {
    unindex(before);
    index(after);
    return;
  }
  const bool same_seat = before.block == after.block && before.end == after.end;
  if (after.status != BookingStatus::confirmed || same_seat) return;
  change_held(after.enterprise, [&](Held& held) {
    for (OpenSeat& seat : held.seats) {
      if (seat.booking == after.id) seat = {after.id, after.block, after.end};
    }
  });
  remove_confirmed(before);
  add_confirmed(after);
}

void State::add_confirmed(const Booking& row) {
  Confirmed* confirmed = confirmed_.find(row.block);
  if (confirmed == nullptr)
    confirmed = &confirmed_.insert(Confirmed{.key = row.block, .slots = {}});
  confirmed->slots.push_back(bookings_.slot_of(row.id));
}

void State::remove_confirmed(const Booking& row) {
  Confirmed* confirmed = confirmed_.find(row.block);
  if (confirmed == nullptr) return;
  erase_unordered(confirmed->slots,
                  [gone = bookings_.slot_of(row.id)](std::uint32_t slot) { return slot == gone; });
  if (confirmed->slots.empty()) confirmed_.erase(row.block);
}

template <class Change>
void State::change_held(const EnterpriseId& enterprise, Change change) {
  Held* held = held_.find(enterprise);
  if (held == nullptr) held = &held_.insert(Held{.id = enterprise, .seats = {}, .entries = {}});
  change(*held);
  if (held->seats.empty() && held->entries.empty()) held_.erase(enterprise);
}

void State::index(const WaitlistEntry& row) {
  if (!is_open(row)) return;
  change_held(row.enterprise, [&](Held& held) { held.entries.push_back(row.id); });
  if (row.promote_at != never) due_.insert({row.promote_at, DuePromotion{row.id}});
  if (row.closes_at != never) due_.insert({row.closes_at, DueEntryEnd{row.id}});
}

void State::unindex(const WaitlistEntry& row) {
  if (!is_open(row)) return;
  change_held(row.enterprise, [&](Held& held) {
    erase_unordered(held.entries, [&](const WaitlistEntryId& id) { return id == row.id; });
  });
  due_.erase({row.promote_at, DuePromotion{row.id}});
  due_.erase({row.closes_at, DueEntryEnd{row.id}});
}

void State::index(const Offer& row) {
  if (row.status == OfferStatus::open) due_.insert({row.expires_at, DueOffer{row.id}});
}

void State::unindex(const Offer& row) {
  if (row.status == OfferStatus::open) due_.erase({row.expires_at, DueOffer{row.id}});
}

void State::index(const Block& row) {
  due_.insert({block_end(row), DueBlockEnd{row.key}});
  if (row.reserve_release_at != never && !row.queue.empty()) {
    due_.insert({row.reserve_release_at, DueReserve{row.key}});
  }
}

void State::unindex(const Block& row) {
  due_.erase({block_end(row), DueBlockEnd{row.key}});
  due_.erase({row.reserve_release_at, DueReserve{row.key}});
}

// A counter that changes falls due when it did.
void State::reindex(const Block& before, const Block& after) {
  const bool same = before.end == after.end &&
                    before.reserve_release_at == after.reserve_release_at &&
                    before.queue.empty() == after.queue.empty();
  if (same) return;
  unindex(before);
  index(after);
}

void State::index(const User& row) {
  user_by_name_[row.name] = row.id;
  if (row.enterprise && !row.disabled) ++accounts_[row.enterprise];
}

void State::unindex(const User& row) {
  const auto it = user_by_name_.find(row.name);
  if (it != user_by_name_.end() && it->second == row.id) user_by_name_.erase(it);
  if (!row.enterprise || row.disabled) return;
  const auto accounts = accounts_.find(row.enterprise);
  if (--accounts.value() == 0) accounts_.erase(accounts);
}

void State::index(const Enterprise& row) {
  if (!row.credit_code.empty()) enterprise_by_credit_code_[row.credit_code] = row.id;
}

void State::unindex(const Enterprise& row) {
  const auto it = enterprise_by_credit_code_.find(row.credit_code);
  if (it != enterprise_by_credit_code_.end() && it->second == row.id) {
    enterprise_by_credit_code_.erase(it);
  }
}

// --- rows ----------------------------------------------------------------------------------------

template <class RowType>
std::optional<Row> State::put_row(RowType row) {
  RowType previous{};
  const auto placed = table<RowType>().put(std::move(row), previous);
  if (!placed.replaced) {
    index(placed.row);
    return std::nullopt;
  }
  reindex(previous, placed.row);
  return Row{std::in_place_type<RowType>, std::move(previous)};
}

template <class RowType, class Key>
std::optional<Row> State::erase_row(const Key& key) {
  const RowType* row = table<RowType>().find(key);
  if (row == nullptr) return std::nullopt;
  unindex(*row);
  return Row{std::in_place_type<RowType>, table<RowType>().erase(key)};
}

std::optional<Row> State::put(Row row) {
  return std::visit(
      [this]<class RowType>(RowType& value) -> std::optional<Row> {
        if constexpr (std::is_same_v<RowType, CalendarYear>) {
          std::optional<Row> previous;
          if (const CalendarYear* found = calendar_.find(value.year)) previous = *found;
          calendar_.put(std::move(value));
          return previous;
        } else {
          return put_row<RowType>(std::move(value));
        }
      },
      row);
}

std::optional<Row> State::erase(const RowKey& key) {
  struct Eraser {
    State& state;
    std::optional<Row> operator()(const CalendarYearKey& key) const {
      const CalendarYear* found = state.calendar_.find(key.year);
      if (found == nullptr) return std::nullopt;
      Row previous = *found;
      state.calendar_.erase(key.year);
      return previous;
    }
    std::optional<Row> operator()(const BlockOverrideKey& key) const {
      return state.erase_row<BlockOverride>(key.block);
    }
    std::optional<Row> operator()(const ParkId& id) const { return state.erase_row<Park>(id); }
    std::optional<Row> operator()(const HallId& id) const { return state.erase_row<Hall>(id); }
    std::optional<Row> operator()(const DepartmentId& id) const {
      return state.erase_row<Department>(id);
    }
    std::optional<Row> operator()(const ServiceId& id) const {
      return state.erase_row<Service>(id);
    }
    std::optional<Row> operator()(const EnterpriseId& id) const {
      return state.erase_row<Enterprise>(id);
    }
    std::optional<Row> operator()(const UserId& id) const { return state.erase_row<User>(id); }
    std::optional<Row> operator()(const BlockKey& key) const { return state.erase_row<Block>(key); }
    std::optional<Row> operator()(const BookingId& id) const {
      return state.erase_row<Booking>(id);
    }
    std::optional<Row> operator()(const WaitlistEntryId& id) const {
      return state.erase_row<WaitlistEntry>(id);
    }
    std::optional<Row> operator()(const OfferId& id) const { return state.erase_row<Offer>(id); }
    std::optional<Row> operator()(const NotificationId& id) const {
      return state.erase_row<Notification>(id);
    }
  };
  return std::visit(Eraser{*this}, key);
}

// --- look-ups ------------------------------------------------------------------------------------

const std::vector<OpenSeat>& State::open_seats(const EnterpriseId& enterprise) const {
  static const std::vector<OpenSeat> no_seats;
  const Held* held = held_.find(enterprise);
  return held == nullptr ? no_seats : held->seats;
}

const std::vector<WaitlistEntryId>& State::open_entries(const EnterpriseId& enterprise) const {
  static const std::vector<WaitlistEntryId> no_entries;
  const Held* held = held_.find(enterprise);
  return held == nullptr ? no_entries : held->entries;
}

std::vector<BookingId> State::confirmed_bookings(const BlockKey& block) const {
  std::vector<BookingId> bookings;
  const Confirmed* confirmed = confirmed_.find(block);
  if (confirmed == nullptr) return bookings;
  bookings.reserve(confirmed->slots.size());
  for (const std::uint32_t slot : confirmed->slots) bookings.push_back(bookings_.at(slot).id);
  return bookings;
}

void State::prefetch_place(const BlockKey& block) const {
  blocks_.prefetch_slot(block);
  confirmed_.prefetch_slot(block);
  overrides_.prefetch_slot(block);
}

void State::prefetch(const BlockKey& block) const {
  blocks_.prefetch_row(block);
  confirmed_.prefetch_row(block);
}

void State::prefetch_seats(const BlockKey& block) const {
  const Confirmed* confirmed = confirmed_.find(block);
  if (confirmed == nullptr) return;
  prefetch_bytes(confirmed->slots.data(), confirmed->slots.size() * sizeof(std::uint32_t));
}

void State::prefetch_seats(const EnterpriseId& enterprise) const {
  const std::vector<OpenSeat>& seats = open_seats(enterprise);
  prefetch_bytes(seats.data(), seats.size() * sizeof(OpenSeat));
}

std::optional<BookingId> State::booking_by_code(std::string_view code) const {
  return find_value(booking_by_code_, code);
}

bool State::can_sign_in(const EnterpriseId& enterprise) const {
  return accounts_.contains(enterprise);
}

std::optional<UserId> State::user_by_name(std::string_view name) const {
  return find_value(user_by_name_, name);
}

std::optional<EnterpriseId> State::enterprise_by_credit_code(std::string_view code) const {
  return find_value(enterprise_by_credit_code_, code);
}

}  // namespace yuanyue
