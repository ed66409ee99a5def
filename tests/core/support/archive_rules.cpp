#include "tests/core/support/archive_rules.h"

#include <algorithm>

#include "core/appointments/block_override.h"
#include "core/appointments/booking.h"
#include "core/appointments/offer.h"
#include "core/appointments/waitlist_entry.h"
#include "core/messages/notification.h"

namespace yuanyue::worlds {
namespace {

Instant day_after(Date date) { return to_instant(date + 1, TimeOfDay{}); }

}  // namespace

std::optional<Instant> done_at(const RowRef& row) {
  if (const auto* booking = row.get_if<Booking>()) {
    if (booking->status == BookingStatus::confirmed) return std::nullopt;
    return to_instant(booking->block.date, booking->end);
  }
  if (const auto* offer = row.get_if<Offer>()) {
    if (offer->status == OfferStatus::open) return std::nullopt;
    return to_instant(offer->block.date, offer->end);
  }
  if (const auto* entry = row.get_if<WaitlistEntry>()) {
    const bool is_open =
        entry->status == WaitlistStatus::waiting || entry->status == WaitlistStatus::offered;
    if (is_open) return std::nullopt;
    Instant done = day_after(date_of(entry->joined_at));
    for (const Wish& wish : entry->wishes) done = std::max(done, day_after(wish.date));
    return done;
  }
  if (const auto* message = row.get_if<Notification>()) return message->at;
  if (const auto* override_row = row.get_if<BlockOverride>())
    return day_after(override_row->key.date);
  return std::nullopt;
}

}  // namespace yuanyue::worlds
