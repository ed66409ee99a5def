// Where everything begins, and where nothing is.
#pragma once

#include "web/app/feature.h"

namespace yuanyue::web::app {

void home_view(App& app);
void not_found_view(App& app);

inline constexpr Page home_page{.path = "/",
                                .title = "title.home",
                                .navigation = "home",
                                .access = Access::signed_in,
                                .view = home_view};
inline constexpr Page not_found_page{.path = "/not-found",
                                     .title = "title.not_found",
                                     .navigation = "home",
                                     .access = Access::signed_in,
                                     .view = not_found_view};

}  // namespace yuanyue::web::app
