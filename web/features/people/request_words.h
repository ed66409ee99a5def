// What went wrong with a request of a form, and what can be done.
#pragma once

#include "web/app/app.h"

namespace yuanyue::web::app {

// A banner in words; with the time until the next try where the server named one.
void request_failure(App& app, const RequestFailure& failure);

}  // namespace yuanyue::web::app
