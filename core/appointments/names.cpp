#include "core/appointments/names.h"

#include "core/appointments/booking_tables.h"
#include "core/appointments/waitlist_tables.h"

namespace yuanyue::wire {

std::string_view name_of(BookingStatus status) { return name_in(booking_status_names, status); }
std::string_view name_of(WaitlistStatus status) { return name_in(waitlist_status_names, status); }
std::string_view name_of(WaitlistEndReason reason) {
  return name_in(waitlist_end_reason_names, reason);
}
std::string_view name_of(OfferStatus status) { return name_in(offer_status_names, status); }
std::string_view name_of(Tier tier) { return name_in(tier_names, tier); }
std::string_view name_of(PartOfDay part) { return name_in(part_of_day_names, part); }

}  // namespace yuanyue::wire
