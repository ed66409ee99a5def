// The short code an enterprise reads out on the telephone: seven random characters and a check
// character (ISO 7064 MOD 37,2 over Crockford's alphabet), printed as "K7M2-9QXD".
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/base/ids.h"

namespace yuanyue {

// The code derived from an id; `attempt` counts collisions from 0.
std::string make_booking_code(const BookingId& id, std::uint64_t attempt);
// Accepts lower case, spaces, dashes, and O/I/L for 0/1/1. nullopt if the check character is wrong.
std::optional<std::string> normalize_booking_code(std::string_view typed);

}  // namespace yuanyue
