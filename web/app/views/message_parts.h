// What the home view and the inbox do with messages.
#pragma once

#include <vector>

#include "web/app/app.h"

namespace yuanyue::web::app {

void mark_read(App& app, const std::vector<NotificationId>& notifications);

}  // namespace yuanyue::web::app
