// `calendar import`: what a file of official years would change, and the import itself.
#pragma once

#include <nlohmann/json.hpp>

#include "backend/admin/operations.h"

namespace yuanyue {

//   {"calendar": "<JSON text>", "preview"?: true, "force"?: true} →
//   {"imported": true, "years": [2027],
//    "days": [{"date": "2027-02-08", "was": "weekday", "is": "holiday 春节", "bookings": 2}, …],
//    "bookings_to_relocate": 2, "bookings_kept": 0, "deadlines_moved": 5,
//    "waiting_for_a_new_time": 2}
// What would change is counted just before. The last number, only after an import, is how many
// confirmed bookings of the park must be moved now. A year without its statutory holidays is
// refused with their names; a preview says them under "missing".
AdminResult import_calendar(ParkProcess& process, const nlohmann::json& input);

}  // namespace yuanyue
