// The short code an enterprise reads out on the telephone: seven characters and a check character
// (core/base/check_character.h), shown as "K7M2-9QXD", stored without the dash.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/appointments/ids.h"

namespace yuanyue {

// The code that belongs to an id; `attempt` counts collisions from 0.
std::string make_booking_code(const BookingId& id, std::uint64_t attempt);

// Accepts lower case, spaces, dashes, and letters commonly written for others (O for 0, I for 1, Z
// for 2, S for 5, V for U). nullopt if the length or the check character is wrong.
std::optional<std::string> normalize_booking_code(std::string_view typed);

std::string display_booking_code(std::string_view code);  // with the dash

}  // namespace yuanyue
