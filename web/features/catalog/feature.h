// What people see of halls, services and calendars: words only so far.
#pragma once

#include <array>

#include "web/app/words.h"

namespace yuanyue::web::app {

inline constexpr std::array catalog_commands{
    CommandWords{.command = command_number<ImportCalendarYear>,
                 .text = administration_text,
                 .now = as_answered,
                 .kept = kept_whole},
    CommandWords{.command = command_number<SaveCatalog>,
                 .text = administration_text,
                 .now = as_answered,
                 .kept = kept_whole},
};
inline constexpr std::array catalog_rows{
    RowWords{.row = row_number<CalendarYear>, .corrected = nothing_to_say, .route = nothing_to_say},
    RowWords{.row = row_number<Park>, .corrected = nothing_to_say, .route = nothing_to_say},
    RowWords{.row = row_number<Hall>, .corrected = nothing_to_say, .route = nothing_to_say},
    RowWords{.row = row_number<Department>, .corrected = nothing_to_say, .route = nothing_to_say},
    RowWords{.row = row_number<Service>, .corrected = nothing_to_say, .route = nothing_to_say},
};

inline constexpr Feature catalog_feature{.commands = catalog_commands, .rows = catalog_rows};

}  // namespace yuanyue::web::app
