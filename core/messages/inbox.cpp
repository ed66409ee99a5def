#include "core/messages/inbox.h"

#include "core/appointments/booking.h"
#include "core/appointments/notice.h"
#include "core/appointments/offer.h"
#include "core/messages/notification.h"

namespace yuanyue {

bool is_settled(const State& state, const Notification& message) {
  if (message.kind == NotificationKind::relocation_needed) {
    const Booking* booking = state.find(message.booking);
    return booking == nullptr || booking->status != BookingStatus::confirmed ||
           !booking->needs_relocation || booking->block != message.block;
  }
  if (message.kind == NotificationKind::offer_made) {
    const Offer* offer = state.find(message.offer);
    return offer == nullptr || offer->status != OfferStatus::open;
  }
  return false;
}

bool is_unread(const State& state, const Notification& message) {
  return message.read_at.ms == 0 && !is_settled(state, message);
}

}  // namespace yuanyue
