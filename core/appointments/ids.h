// The names of this domain's rows, for whoever only points at one.
#pragma once

#include "core/base/ids.h"

namespace yuanyue {

using BookingId = Id<struct Booking>;
using WaitlistEntryId = Id<struct WaitlistEntry>;
using OfferId = Id<struct Offer>;

}  // namespace yuanyue
