// What has become of rows of appointments.
#pragma once

#include <array>

#include "core/appointments/block_override.h"
#include "core/appointments/booking.h"
#include "core/appointments/offer.h"
#include "core/appointments/waiting_place.h"
#include "core/appointments/waitlist_entry.h"
#include "web/app/words.h"

namespace yuanyue::web::app {

std::string corrected_booking(const App& app, const AnyKey& row);
std::string corrected_entry(const App& app, const AnyKey& row);
std::string route_of_booking_row(const App& app, const AnyKey& row);
std::string route_of_entry_row(const App& app, const AnyKey& row);
std::string route_of_offer_row(const App& app, const AnyKey& row);

inline constexpr std::array appointment_rows{
    RowWords{.row = &Booking::type, .corrected = corrected_booking, .route = route_of_booking_row},
    RowWords{
        .row = &WaitlistEntry::type, .corrected = corrected_entry, .route = route_of_entry_row},
    RowWords{.row = &Offer::type, .corrected = nothing_to_say, .route = route_of_offer_row},
    RowWords{.row = &WaitingPlace::type, .corrected = nothing_to_say, .route = nothing_to_say},
    RowWords{.row = &Block::type, .corrected = nothing_to_say, .route = nothing_to_say},
    RowWords{.row = &BlockOverride::type, .corrected = nothing_to_say, .route = nothing_to_say},
};

}  // namespace yuanyue::web::app
