// The names of this domain's rows, for whoever only points at one.
#pragma once

#include "core/base/ids.h"

namespace yuanyue {

using BookingId = Id<struct Booking>;
using WaitlistEntryId = Id<struct WaitlistEntry>;
using OfferId = Id<struct Offer>;

namespace appointments {
inline constexpr int domain_number = 2;
}

}  // namespace yuanyue
