// A message in the app's inbox; the words are in assets/i18n under "notification.<kind>".
#pragma once

#include <optional>

#include "core/appointments/notice.h"
#include "core/kernel/row.h"
#include "core/messages/ids.h"

namespace yuanyue {

struct Notification {
  static constexpr PartNumber number{messages::domain_number, 0};
  static const RowType<Notification> type;
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
inline const NotificationId& key_of(const Notification& row) { return row.id; }

}  // namespace yuanyue
