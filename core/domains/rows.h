// The closed set of row types. Everything that is stored or sent is one of these.
#pragma once

#include <variant>

#include "core/appointments/block.h"
#include "core/appointments/block_override.h"
#include "core/appointments/booking.h"
#include "core/appointments/offer.h"
#include "core/appointments/waitlist_entry.h"
#include "core/catalog/calendar_year.h"
#include "core/catalog/catalog.h"
#include "core/messages/notification.h"
#include "core/people/enterprise.h"
#include "core/people/user.h"

namespace yuanyue {

using Row = std::variant<CalendarYear, Park, Hall, Department, Service, BlockOverride, Enterprise,
                         User, Block, Booking, WaitlistEntry, Offer, Notification>;

// The primary key of each row type, in the same order.
using RowKey = std::variant<CalendarYearKey, ParkId, HallId, DepartmentId, ServiceId,
                            BlockOverrideKey, EnterpriseId, UserId, BlockKey, BookingId,
                            WaitlistEntryId, OfferId, NotificationId>;

RowKey key_of(const Row& row);

}  // namespace yuanyue
