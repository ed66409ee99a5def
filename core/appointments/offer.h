// A freed seat that is held for who waited.
#pragma once

#include <cstdint>

#include "core/appointments/block.h"
#include "core/kernel/row.h"
#include "core/people/ids.h"

namespace yuanyue {

enum class OfferStatus : std::uint8_t { open, accepted, declined, expired, withdrawn };

struct Offer {
  static constexpr PartNumber number{appointments::domain_number, 4};
  static const RowType<Offer> type;
  OfferId id;
  WaitlistEntryId entry;
  EnterpriseId enterprise;
  BlockKey block;
  TimeOfDay end;
  BookingId swap_booking;
  Instant made_at;
  Instant expires_at;
  OfferStatus status = OfferStatus::open;
  bool operator==(const Offer&) const = default;
};
inline const OfferId& key_of(const Offer& row) { return row.id; }

}  // namespace yuanyue
