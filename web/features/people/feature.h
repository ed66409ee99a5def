// What people see of enterprises and accounts.
#pragma once

#include <array>

#include "core/people/enterprise.h"
#include "core/people/erase.h"
#include "core/people/kinds.h"
#include "core/people/save_enterprise.h"
#include "core/people/save_user.h"
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
    CommandWords{.command = &SaveEnterprise::type,
                 .text = administration_text,
                 .now = as_answered,
                 .kept = kept_nothing},
    CommandWords{.command = &SaveUser::type,
                 .text = administration_text,
                 .now = as_answered,
                 .kept = kept_nothing},
    // From the console only; no page gives them.
    CommandWords{.command = &EraseEnterprise::type,
                 .text = administration_text,
                 .now = as_answered,
                 .kept = kept_nothing},
    CommandWords{.command = &EraseUser::type,
                 .text = administration_text,
                 .now = as_answered,
                 .kept = kept_nothing},
};
inline constexpr std::array people_rows{
    RowWords{.row = &Enterprise::type, .corrected = nothing_to_say, .route = nothing_to_say},
    RowWords{.row = &User::type, .corrected = nothing_to_say, .route = nothing_to_say},
};
inline constexpr std::array people_refusals{
    RefusalWords{.code = &refusals::last_administrator,
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
