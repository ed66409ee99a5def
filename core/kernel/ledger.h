// The ledger (数字化台账): facts, append-only; the store chains the hashes.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "core/appointments/block.h"
#include "core/kernel/ids.h"
#include "core/people/ids.h"

namespace yuanyue {

enum class LedgerKind : std::uint8_t {
  booking_made,
  booking_rescheduled,
  booking_reschedule_undone,
  booking_cancelled,
  booking_ended,
  booking_relocation_flagged,
  booking_relocation_cleared,
  waitlist_joined,
  waitlist_changed,
  waitlist_left,
  waitlist_ended,
  waitlist_promoted,
  offer_made,
  offer_accepted,
  offer_declined,
  offer_expired,
  offer_withdrawn,
  seat_auto_accepted,
  calendar_imported,
  catalog_changed,
  block_overridden,
  enterprise_saved,
  user_saved,
  enterprise_erased,
  user_erased,
};

struct LedgerEntry {
  LedgerEntryId id;
  Instant at;
  UserId actor;  // none: the system
  CommandId command;
  LedgerKind kind = LedgerKind::booking_made;
  EnterpriseId enterprise;  // whose timeline it belongs to; none: administration only
  BookingId booking;
  WaitlistEntryId entry;
  OfferId offer;
  std::optional<BlockKey> block;       // where it is now
  std::optional<BlockKey> from_block;  // where it was
  std::string note;                    // a reason, a file's name; <= max_note_bytes
  UserId user;                         // whose account it is about
  bool operator==(const LedgerEntry&) const = default;
};

}  // namespace yuanyue
