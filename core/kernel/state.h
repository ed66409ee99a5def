// All rows that rules read, with the indexes they need. On the server this is everything; in the
// browser it is what the signed-in user may see. Single-threaded; no I/O.
//
// Rows change only through put() and erase(), which keep the indexes right and give back the row
// that was there, so that every change can be reverted.
#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <tuple>
#include <variant>
#include <vector>

#include <tsl/robin_map.h>

#include "core/domains/rows.h"
#include "core/kernel/table.h"

namespace yuanyue {

// An enterprise's open booking as the overlap and limit rules need it, without a second look-up.
struct OpenSeat {
  BookingId booking;
  BlockKey block;
  TimeOfDay end;
};

// What falls due at an instant.
struct DueOffer {
  OfferId id;
  auto operator<=>(const DueOffer&) const = default;
};
struct DuePromotion {
  WaitlistEntryId id;
  auto operator<=>(const DuePromotion&) const = default;
};
struct DueEntryEnd {
  WaitlistEntryId id;
  auto operator<=>(const DueEntryEnd&) const = default;
};
struct DueReserve {
  BlockKey block;
  auto operator<=>(const DueReserve&) const = default;
};
struct DueBlockEnd {
  BlockKey block;
  auto operator<=>(const DueBlockEnd&) const = default;
};
// In this order when they fall on the same instant: seats are freed before they are given on.
using DueItem = std::variant<DueOffer, DueEntryEnd, DuePromotion, DueReserve, DueBlockEnd>;
struct Due {
  Instant at;
  DueItem item;
  auto operator<=>(const Due&) const = default;
};

class State {
 public:
  State() = default;
  State(const State&) = delete;
  State& operator=(const State&) = delete;
  State(State&&) = default;
  State& operator=(State&&) = default;

  // Insert or replace; returns the row that was there.
  std::optional<Row> put(Row row);
  std::optional<Row> erase(const RowKey& key);

  const HolidayCalendar& calendar() const { return calendar_; }
  const Park* find(const ParkId& id) const { return parks_.find(id); }
  const Hall* find(const HallId& id) const { return halls_.find(id); }
  const Department* find(const DepartmentId& id) const { return departments_.find(id); }
  const Service* find(const ServiceId& id) const { return services_.find(id); }
  const BlockOverride* find(const BlockOverrideKey& key) const {
    return overrides_.find(key.block);
  }
  const Enterprise* find(const EnterpriseId& id) const { return enterprises_.find(id); }
  const User* find(const UserId& id) const { return users_.find(id); }
  const Block* find(const BlockKey& key) const { return blocks_.find(key); }
  const Booking* find(const BookingId& id) const { return bookings_.find(id); }
  const WaitlistEntry* find(const WaitlistEntryId& id) const { return entries_.find(id); }
  const Offer* find(const OfferId& id) const { return offers_.find(id); }
  const Notification* find(const NotificationId& id) const { return notifications_.find(id); }

  // Indexes. References stay valid until the next put or erase.
  const std::vector<OpenSeat>& open_seats(const EnterpriseId& enterprise) const;
  const std::vector<WaitlistEntryId>& open_entries(const EnterpriseId& enterprise) const;
  std::vector<BookingId> confirmed_bookings(const BlockKey& block) const;  // in no order
  std::optional<BookingId> booking_by_code(std::string_view code) const;
  // Whether an account of this enterprise can sign in. A browser knows only its own account.
  bool can_sign_in(const EnterpriseId& enterprise) const;
  std::optional<UserId> user_by_name(std::string_view name) const;
  std::optional<EnterpriseId> enterprise_by_credit_code(std::string_view code) const;

  // Asks the processor for what will be read soon (core/kernel/prefetch.h): first where it lies,
  // then the thing itself.
  void prefetch_place(const UserId& user) const { users_.prefetch_slot(user); }
  void prefetch_place(const BookingId& booking) const { bookings_.prefetch_slot(booking); }
  void prefetch_place(const BlockKey& block) const;
  void prefetch_place(const EnterpriseId& enterprise) const { held_.prefetch_slot(enterprise); }
  void prefetch(const UserId& user) const { users_.prefetch_row(user, offsetof(User, name)); }
  void prefetch(const BookingId& booking) const { bookings_.prefetch_row(booking); }
  void prefetch(const BlockKey& block) const;
  void prefetch(const EnterpriseId& enterprise) const { held_.prefetch_row(enterprise); }
  void prefetch_seats(const EnterpriseId& enterprise) const;
  void prefetch_seats(const BlockKey& block) const;

  // The next thing due, if any.
  const Due* next_due() const { return due_.empty() ? nullptr : &*due_.begin(); }
  // Everything due, in the order it will run.
  const std::set<Due>& due() const { return due_; }

  // Every row of one type, in no particular order: state.for_each<Booking>(f).
  template <class RowType, class Visit>
  void for_each(Visit visit) const;
  template <class RowType>
  std::size_t count() const;

 private:
  // Confirmed bookings of a block by their slots in bookings_.
  struct Confirmed {
    BlockKey key;
    std::vector<std::uint32_t> slots;
  };
  struct KeyOf {
    const BlockKey& operator()(const BlockOverride& row) const { return row.key; }
    const BlockKey& operator()(const Block& row) const { return row.key; }
    const BlockKey& operator()(const Confirmed& row) const { return row.key; }
    template <class RowType>
    const auto& operator()(const RowType& row) const {
      return row.id;
    }
  };
  template <class Key, class RowType>
  using Rows = Table<Key, RowType, IdHash, KeyOf>;
  template <class RowType>
  using BlockRows = Table<BlockKey, RowType, BlockKeyHash, KeyOf>;
  // What an enterprise has open, together because every command reads both.
  struct Held {
    EnterpriseId id;
    std::vector<OpenSeat> seats;
    std::vector<WaitlistEntryId> entries;
  };
  // Looked up by string_view without a copy.
  struct TextHash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const {
      return std::hash<std::string_view>{}(text);
    }
  };
  template <class Key>
  using TextIndex = tsl::robin_map<std::string, Key, TextHash, std::equal_to<>>;

  template <class RowType>
  const auto& table() const;
  template <class RowType>
  auto& table();

  void index(const Booking& row);
  void unindex(const Booking& row);
  void index(const WaitlistEntry& row);
  void unindex(const WaitlistEntry& row);
  void index(const Offer& row);
  void unindex(const Offer& row);
  void index(const Block& row);
  void unindex(const Block& row);
  void index(const User& row);
  void unindex(const User& row);
  void index(const Enterprise& row);
  void unindex(const Enterprise& row);
  template <class RowType>
  void index(const RowType&) {}
  template <class RowType>
  void unindex(const RowType&) {}
  void reindex(const Booking& before, const Booking& after);
  void reindex(const Block& before, const Block& after);
  template <class RowType>
  void reindex(const RowType& before, const RowType& after) {
    unindex(before);
    index(after);
  }
  void add_confirmed(const Booking& row);
  void remove_confirmed(const Booking& row);
  template <class Change>
  void change_held(const EnterpriseId& enterprise, Change change);
  template <class RowType>
  std::optional<Row> put_row(RowType row);
  template <class RowType, class Key>
  std::optional<Row> erase_row(const Key& key);

  HolidayCalendar calendar_;
  Rows<ParkId, Park> parks_;
  Rows<HallId, Hall> halls_;
  Rows<DepartmentId, Department> departments_;
  Rows<ServiceId, Service> services_;
  BlockRows<BlockOverride> overrides_;
  Rows<EnterpriseId, Enterprise> enterprises_;
  Rows<UserId, User> users_;
  BlockRows<Block> blocks_;
  Rows<BookingId, Booking> bookings_;
  Rows<WaitlistEntryId, WaitlistEntry> entries_;
  Rows<OfferId, Offer> offers_;
  Rows<NotificationId, Notification> notifications_;

  Rows<EnterpriseId, Held> held_;
  BlockRows<Confirmed> confirmed_;
  TextIndex<BookingId> booking_by_code_;
  TextIndex<UserId> user_by_name_;
  tsl::robin_map<EnterpriseId, int, IdHash> accounts_;  // that can sign in
  TextIndex<EnterpriseId> enterprise_by_credit_code_;
  std::set<Due> due_;
};

template <class RowType>
const auto& State::table() const {
  return const_cast<State*>(this)->table<RowType>();
}

template <class RowType>
auto& State::table() {
  if constexpr (std::is_same_v<RowType, Park>)
    return parks_;
  else if constexpr (std::is_same_v<RowType, Hall>)
    return halls_;
  else if constexpr (std::is_same_v<RowType, Department>)
    return departments_;
  else if constexpr (std::is_same_v<RowType, Service>)
    return services_;
  else if constexpr (std::is_same_v<RowType, BlockOverride>)
    return overrides_;
  else if constexpr (std::is_same_v<RowType, Enterprise>)
    return enterprises_;
  else if constexpr (std::is_same_v<RowType, User>)
    return users_;
  else if constexpr (std::is_same_v<RowType, Block>)
    return blocks_;
  else if constexpr (std::is_same_v<RowType, Booking>)
    return bookings_;
  else if constexpr (std::is_same_v<RowType, WaitlistEntry>)
    return entries_;
  else if constexpr (std::is_same_v<RowType, Offer>)
    return offers_;
  else
    return notifications_;
}

template <class RowType, class Visit>
void State::for_each(Visit visit) const {
  if constexpr (std::is_same_v<RowType, CalendarYear>) {
    for (const auto& [year, row] : calendar_.years()) visit(row);
  } else {
    table<RowType>().for_each(visit);
  }
}

template <class RowType>
std::size_t State::count() const {
  if constexpr (std::is_same_v<RowType, CalendarYear>)
    return calendar_.years().size();
  else
    return table<RowType>().size();
}

}  // namespace yuanyue
