// A seat in a block.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "core/appointments/block.h"
#include "core/kernel/row.h"
#include "core/people/ids.h"

namespace yuanyue {

enum class BookingStatus : std::uint8_t {
  confirmed,
  cancelled,
  ended,  // its block has passed
};

struct Booking {
  static constexpr PartNumber number{appointments::domain_number, 2};
  static const RowType<Booking> type;
  BookingId id;
  // For people: 8 characters with a check character, core/appointments/booking_code.h.
  std::string code;
  EnterpriseId enterprise;
  UserId booked_by;
  BlockKey block;
  TimeOfDay end;
  BookingStatus status = BookingStatus::confirmed;
  int changes_used = 0;
  bool needs_relocation = false;  // its day or block was closed; the notice rule is waived
  Instant created_at;
  // The seat before the last self-service reschedule, while that may be taken back.
  std::optional<BlockKey> previous_block;
  Instant rescheduled_at;
  bool operator==(const Booking&) const = default;
};
inline const BookingId& key_of(const Booking& row) { return row.id; }

}  // namespace yuanyue
