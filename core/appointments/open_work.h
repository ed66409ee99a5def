// Who holds which seat and who waits: the index of bookings and waitlist entries. References stay
// valid until the next put or erase.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "core/appointments/block.h"
#include "core/appointments/booking.h"
#include "core/appointments/waitlist_entry.h"
#include "core/kernel/state.h"
#include "core/people/accounts.h"

namespace yuanyue {

// An enterprise's open booking as the overlap and limit rules need it, so that they read its row
// only when it matters.
struct OpenSeat {
  std::uint32_t slot = SlotIndex::none;  // in rows<Booking>()
  std::uint32_t service_hash = 0;
  Date date;
  TimeOfDay start;
  TimeOfDay end;
};

struct OpenWork {
  static constexpr PartNumber number{appointments::domain_number, 8};
  // What an enterprise has open, together because every command reads both.
  struct Held {
    EnterpriseId id;
    std::vector<OpenSeat> seats;
    std::vector<WaitlistEntryId> entries;
  };
  // Confirmed bookings of a block by their slots in rows<Booking>().
  struct Confirmed {
    BlockKey key;
    std::vector<std::uint32_t> slots;
  };
  struct OwnKey {
    const EnterpriseId& operator()(const Held& row) const { return row.id; }
    const BlockKey& operator()(const Confirmed& row) const { return row.key; }
  };
  Table<EnterpriseId, Held, RowKeyHash, OwnKey> held;
  Table<BlockKey, Confirmed, RowKeyHash, OwnKey> confirmed;
  SlotIndex by_code;  // in rows<Booking>()
};

const std::vector<OpenSeat>& open_seats(const State& state, const EnterpriseId& enterprise);
inline const Booking& booking_of(const State& state, const OpenSeat& seat) {
  return state.rows<Booking>().at(seat.slot);
}
bool is_of_service(const State& state, const OpenSeat& seat, const ServiceId& service);
// Which seat to leave out: the booking's slot; SlotIndex::none: there is no such booking.
inline std::uint32_t slot_of(const State& state, const BookingId& booking) {
  return state.rows<Booking>().slot_of(booking);
}
const std::vector<WaitlistEntryId>& open_entries(const State& state,
                                                 const EnterpriseId& enterprise);
std::vector<BookingId> confirmed_bookings(const State& state,
                                          const BlockKey& block);  // in no order
std::optional<BookingId> booking_by_code(const State& state, std::string_view code);

// The index's hooks.
void add_booking(Indexing& indexing, const Booking& row);
void remove_booking(Indexing& indexing, const Booking& row);
void change_booking(Indexing& indexing, const Booking& before, const Booking& after);
void add_entry(Indexing& indexing, const WaitlistEntry& row);
void remove_entry(Indexing& indexing, const WaitlistEntry& row);
void change_entry(Indexing& indexing, const WaitlistEntry& before, const WaitlistEntry& after);

}  // namespace yuanyue
