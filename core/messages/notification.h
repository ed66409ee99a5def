// A message in the app's inbox; the words are in assets/i18n under "notification.<kind>".
#pragma once

#include <cstdint>
#include <optional>

#include "core/appointments/waitlist_entry.h"
#include "core/messages/ids.h"

namespace yuanyue {

enum class NotificationKind : std::uint8_t {
  offer_made,
  offer_expired,
  offer_withdrawn,
  auto_accepted,
  waitlist_ended,
  tier_promoted,
  relocation_needed,
  relocation_cleared,  // the closure was taken back: the appointment stands as it was
};

struct Notification {
  NotificationId id;
  EnterpriseId enterprise;
  NotificationKind kind = NotificationKind::offer_made;
  Instant at;
  Instant read_at;  // ms == 0: unread
  // What it is about; which are set depends on the kind.
  BookingId booking;
  WaitlistEntryId entry;
  OfferId offer;
  std::optional<BlockKey> block;
  Instant until;                                           // offer_made: expires_at
  WaitlistEndReason end_reason = WaitlistEndReason::none;  // waitlist_ended
  bool operator==(const Notification&) const = default;
};

}  // namespace yuanyue
