// What people see of their messages. What one says is in the feature that it is about.
#pragma once

#include <array>

#include "core/messages/mark_notifications_read.h"
#include "web/app/words.h"
#include "web/features/messages/pages.h"
#include "web/features/messages/unread.h"

namespace yuanyue::web::app {

std::string mark_read_text(const App& app, const MarkNotificationsRead& command);

inline constexpr std::array messages_pages{&inbox_page};
inline constexpr NavigationEntry inbox_navigation{.key = "inbox",
                                                  .label = "nav.inbox",
                                                  .page = inbox_page,
                                                  .icon = ui::Icon::bell,
                                                  .waiting = unread_count};
inline constexpr std::array messages_commands{
    CommandWords{.command = &MarkNotificationsRead::type,
                 .text = text_of<MarkNotificationsRead, mark_read_text>,
                 .now = as_answered,
                 .kept = kept_whole},
};
inline constexpr std::array messages_rows{
    RowWords{.row = &Notification::type, .corrected = nothing_to_say, .route = nothing_to_say},
};

inline constexpr Feature messages_feature{
    .pages = messages_pages, .commands = messages_commands, .rows = messages_rows};

}  // namespace yuanyue::web::app
