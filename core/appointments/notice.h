// What an enterprise is told of its appointments without having asked: a fact, of which messages
// makes a row of the inbox. The words are in assets/i18n under "notification.<kind>".
#pragma once

#include <cstdint>
#include <optional>

#include "core/appointments/waitlist_entry.h"
#include "core/kernel/fact.h"
#include "core/kernel/transaction.h"

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

struct Notice {
  static const FactType<Notice> type;
  Uuid id;
  Instant at;
  EnterpriseId enterprise;
  NotificationKind kind = NotificationKind::offer_made;
  // What it is about; which are set depends on the kind.
  BookingId booking;
  WaitlistEntryId entry;
  OfferId offer;
  std::optional<BlockKey> block;
  Instant until;                                           // offer_made: expires_at
  WaitlistEndReason end_reason = WaitlistEndReason::none;  // waitlist_ended
  bool operator==(const Notice&) const = default;
};

// Id and instant are filled in.
void notify(Transaction& transaction, Notice notice);

}  // namespace yuanyue
