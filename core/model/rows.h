// The closed set of row types. Everything that is stored or sent is one of these.
#pragma once

#include <variant>

#include "core/calendar/holiday_calendar.h"
#include "core/model/booking.h"
#include "core/model/catalog.h"
#include "core/model/people.h"

namespace yuanyue {

using Row = std::variant<CalendarYear, Park, Hall, Department, Service, BlockOverride, Enterprise,
                         User, Block, Booking, WaitlistEntry, Offer, Notification>;

// The primary key of each row type, in the same order.
struct CalendarYearKey {
  int year = 0;
  auto operator<=>(const CalendarYearKey&) const = default;
};
struct BlockOverrideKey {
  BlockKey block;
  auto operator<=>(const BlockOverrideKey&) const = default;
};
using RowKey = std::variant<CalendarYearKey, ParkId, HallId, DepartmentId, ServiceId,
                            BlockOverrideKey, EnterpriseId, UserId, BlockKey, BookingId,
                            WaitlistEntryId, OfferId, NotificationId>;

RowKey key_of(const Row& row);

}  // namespace yuanyue
