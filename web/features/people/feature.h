// What people see of enterprises and accounts.
#pragma once

#include <array>

#include "web/app/words.h"
#include "web/features/people/pages.h"

namespace yuanyue::web::app {

inline constexpr std::array people_pages{&sign_in_page, &password_page, &account_page};
inline constexpr NavigationEntry account_navigation{.key = "account",
                                                    .label = "nav.account",
                                                    .page = account_page,
                                                    .icon = ui::Icon::user,
                                                    .waiting = nothing_waits};
// Names and telephones stay out of the browser's settings.
inline constexpr std::array people_commands{
    CommandWords{.command = command_number<SaveEnterprise>,
                 .text = administration_text,
                 .now = as_answered,
                 .kept = kept_nothing},
    CommandWords{.command = command_number<SaveUser>,
                 .text = administration_text,
                 .now = as_answered,
                 .kept = kept_nothing},
};
inline constexpr std::array people_rows{
    RowWords{.row = row_number<Enterprise>, .corrected = nothing_to_say, .route = nothing_to_say},
    RowWords{.row = row_number<User>, .corrected = nothing_to_say, .route = nothing_to_say},
};
inline constexpr std::array people_refusals{
    RefusalWords{.code = RejectionCode::last_administrator,
                 .title = "rejection.last_administrator",
                 .reason = "rejection_reason.last_administrator",
                 .say = say_plainly,
                 .more = nothing_more},
};

inline constexpr Feature people_feature{.pages = people_pages,
                                        .commands = people_commands,
                                        .rows = people_rows,
                                        .refusals = people_refusals};

}  // namespace yuanyue::web::app
