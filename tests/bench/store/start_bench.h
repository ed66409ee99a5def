// What a start with much open work costs, and the memory that each booking takes.
#pragma once

#include <cstdint>
#include <string>

namespace yuanyue {

// Prints a JSON line. So many live bookings, four of an enterprise, are stored in a new store at
// `path` and read into a State as the engine does when it starts.
void measure_start(const std::string& path, std::int64_t bookings);

}  // namespace yuanyue
