// The names of this domain's enumerators, as in JSON: for texts and logs.
#pragma once

#include <string_view>

#include "core/appointments/booking.h"
#include "core/appointments/offer.h"
#include "core/appointments/waitlist_entry.h"

namespace yuanyue::wire {

std::string_view name_of(BookingStatus status);
std::string_view name_of(WaitlistStatus status);
std::string_view name_of(WaitlistEndReason reason);
std::string_view name_of(OfferStatus status);
std::string_view name_of(Tier tier);
std::string_view name_of(PartOfDay part);

}  // namespace yuanyue::wire
