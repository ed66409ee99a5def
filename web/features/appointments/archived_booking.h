// A booking that has left the replica, as the server's history has it: to be read, not changed.
#pragma once

#include "web/app/app.h"

namespace yuanyue::web::app {

void archived_booking_view(App& app);  // route().argument: code or id

}  // namespace yuanyue::web::app
