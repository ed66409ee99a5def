// Messages that nobody has looked at, and looking at them.
#pragma once

#include <cstddef>
#include <vector>

#include "web/app/app.h"

namespace yuanyue::web::app {

std::size_t unread_count(const App& app);
void mark_read(App& app, const std::vector<NotificationId>& notifications);

}  // namespace yuanyue::web::app
