// What has become of rows of appointments.
#pragma once

#include <array>

#include "web/app/words.h"

namespace yuanyue::web::app {

std::string corrected_booking(const App& app, const RowKey& row);
std::string corrected_entry(const App& app, const RowKey& row);
std::string route_of_booking_row(const App& app, const RowKey& row);
std::string route_of_entry_row(const App& app, const RowKey& row);
std::string route_of_offer_row(const App& app, const RowKey& row);

inline constexpr std::array appointment_rows{
    RowWords{
        .row = row_number<Booking>, .corrected = corrected_booking, .route = route_of_booking_row},
    RowWords{.row = row_number<WaitlistEntry>,
             .corrected = corrected_entry,
             .route = route_of_entry_row},
    RowWords{.row = row_number<Offer>, .corrected = nothing_to_say, .route = route_of_offer_row},
    RowWords{.row = row_number<Block>, .corrected = nothing_to_say, .route = nothing_to_say},
    RowWords{
        .row = row_number<BlockOverride>, .corrected = nothing_to_say, .route = nothing_to_say},
};

}  // namespace yuanyue::web::app
