// Between this page and the server.
#pragma once

#include "web/app/feature.h"

namespace yuanyue::web::app {

void outbox_view(App& app);  // what waits, what was refused, and why

inline constexpr Page outbox_page{.path = "/outbox",
                                  .title = "title.outbox",
                                  .navigation = "account",
                                  .access = Access::signed_in,
                                  .view = outbox_view};

}  // namespace yuanyue::web::app
