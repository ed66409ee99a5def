// A change that the server refused after it had been shown as done: why, and what can be done now.
#pragma once

#include "web/app/app.h"

namespace yuanyue::web::app {

// Gone once a way was taken or the user has understood.
void conflict_card(App& app, const CommandId& id);
// Those that wait for their user, at most `count` of them and how many more there are.
void conflict_cards(App& app, std::size_t count);

}  // namespace yuanyue::web::app
