// The inbox.
#pragma once

#include "web/app/feature.h"

namespace yuanyue::web::app {

void inbox_view(App& app);

inline constexpr Page inbox_page{.path = "/inbox",
                                 .title = "title.inbox",
                                 .navigation = "inbox",
                                 .access = Access::signed_in,
                                 .view = inbox_view};

}  // namespace yuanyue::web::app
