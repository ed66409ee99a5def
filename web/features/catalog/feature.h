// What people see of halls, services and calendars: words only so far.
#pragma once

#include <array>

#include "core/catalog/import_calendar_year.h"
#include "core/catalog/save_catalog.h"
#include "web/app/words.h"

namespace yuanyue::web::app {

inline constexpr std::array catalog_commands{
    CommandWords{.command = &ImportCalendarYear::type,
                 .text = administration_text,
                 .now = as_answered,
                 .kept = kept_whole},
    CommandWords{.command = &SaveCatalog::type,
                 .text = administration_text,
                 .now = as_answered,
                 .kept = kept_whole},
};
inline constexpr std::array catalog_rows{
    RowWords{.row = &OfficialYear::type, .corrected = nothing_to_say, .route = nothing_to_say},
    RowWords{.row = &Park::type, .corrected = nothing_to_say, .route = nothing_to_say},
    RowWords{.row = &Hall::type, .corrected = nothing_to_say, .route = nothing_to_say},
    RowWords{.row = &Department::type, .corrected = nothing_to_say, .route = nothing_to_say},
    RowWords{.row = &Service::type, .corrected = nothing_to_say, .route = nothing_to_say},
};

inline constexpr Feature catalog_feature{.commands = catalog_commands, .rows = catalog_rows};

}  // namespace yuanyue::web::app
