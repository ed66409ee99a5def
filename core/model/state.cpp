#include "core/model/state.h"

#include <algorithm>

namespace yuanyue {
namespace {

template <class Map, class Key>
const typename Map::mapped_type& find_or_empty(const Map& map, const Key& key) {
  static const typename Map::mapped_type empty;
  const auto it = map.find(key);
  return it == map.end() ? empty : it->second;
}

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
  open_seats_[row.enterprise].push_back({row.id, row.block, row.end});
  confirmed_bookings_[row.block].push_back(row.id);
}

void State::unindex(const Booking& row) {
  if (const auto it = booking_by_code_.find(row.code);
      it != booking_by_code_.end() && it->second == row.id) {
    booking_by_code_.erase(it);
  }
  if (row.status != BookingStatus::confirmed) return;
  if (const auto it = open_seats_.find(row.enterprise); it != open_seats_.end()) {
    erase_unordered(it.value(), [&](const OpenSeat& seat) { return seat.booking == row.id; });
    if (it->second.empty()) open_seats_.erase(it);
  }
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
  for (OpenSeat& seat : open_seats_.find(after.enterprise).value()) {
    if (seat.booking == after.id) seat = {after.id, after.block, after.end};
  }
  remove_confirmed(before);
  confirmed_bookings_[after.block].push_back(after.id);
}

void State::remove_confirmed(const Booking& row) {
  const auto it = confirmed_bookings_.find(row.block);
  if (it == confirmed_bookings_.end()) return;
  erase_unordered(it.value(), [&](const BookingId& id) { return id == row.id; });
  if (it->second.empty()) confirmed_bookings_.erase(it);
}

void State::index(const WaitlistEntry& row) {
  if (!is_open(row)) return;
  open_entries_[row.enterprise].push_back(row.id);
  if (row.promote_at != never) due_.insert({row.promote_at, DuePromotion{row.id}});
  if (row.closes_at != never) due_.insert({row.closes_at, DueEntryEnd{row.id}});
}

void State::unindex(const WaitlistEntry& row) {
  if (!is_open(row)) return;
  if (const auto it = open_entries_.find(row.enterprise); it != open_entries_.end()) {
    erase_unordered(it.value(), [&](const WaitlistEntryId& id) { return id == row.id; });
    if (it->second.empty()) open_entries_.erase(it);
  }
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

void State::index(const User& row) { user_by_name_[row.name] = row.id; }

void State::unindex(const User& row) {
  const auto it = user_by_name_.find(row.name);
  if (it != user_by_name_.end() && it->second == row.id) user_by_name_.erase(it);
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

namespace {

struct TableKey {
  const BlockKey& operator()(const BlockOverride& row) const { return row.key; }
  const BlockKey& operator()(const Block& row) const { return row.key; }
  template <class RowType>
  const auto& operator()(const RowType& row) const {
    return row.id;
  }
};

}  // namespace

template <class RowType>
std::optional<Row> State::put_row(RowType row) {
  const auto key = TableKey{}(row);
  RowType previous{};
  const auto placed = table<RowType>().put(key, std::move(row), previous);
  if (!placed.replaced) {
    index(placed.row);
    return std::nullopt;
  }
  reindex(previous, placed.row);
  return Row{std::in_place_type<RowType>, std::move(previous)};
}

template <class RowType, class Key>
std::optional<Row> State::erase_row(const Key& key) {
  RowType previous{};
  if (!table<RowType>().erase(key, previous)) return std::nullopt;
  unindex(previous);
  return Row{std::in_place_type<RowType>, std::move(previous)};
}

std::optional<Row> State::put(Row row) {
  return std::visit(
      [this]<class RowType>(RowType&& value) -> std::optional<Row> {
        using Type = std::remove_cvref_t<RowType>;
        if constexpr (std::is_same_v<Type, CalendarYear>) {
          std::optional<Row> previous;
          if (const CalendarYear* found = calendar_.find(value.year)) previous = *found;
          calendar_.put(std::move(value));
          return previous;
        } else {
          return put_row<Type>(std::move(value));
        }
      },
      std::move(row));
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
  return find_or_empty(open_seats_, enterprise);
}

const std::vector<WaitlistEntryId>& State::open_entries(const EnterpriseId& enterprise) const {
  return find_or_empty(open_entries_, enterprise);
}

const std::vector<BookingId>& State::confirmed_bookings(const BlockKey& block) const {
  return find_or_empty(confirmed_bookings_, block);
}

std::optional<BookingId> State::booking_by_code(std::string_view code) const {
  return find_value(booking_by_code_, code);
}

std::optional<UserId> State::user_by_name(std::string_view name) const {
  return find_value(user_by_name_, name);
}

std::optional<EnterpriseId> State::enterprise_by_credit_code(std::string_view code) const {
  return find_value(enterprise_by_credit_code_, code);
}

}  // namespace yuanyue
