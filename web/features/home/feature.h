// What an enterprise sees first: the rest of its day, from every domain.
#pragma once

#include <array>

#include "web/features/home/pages.h"

namespace yuanyue::web::app {

inline constexpr std::array home_pages{&home_page, &not_found_page};
inline constexpr NavigationEntry home_navigation{.key = "home",
                                                 .label = "nav.home",
                                                 .page = home_page,
                                                 .icon = ui::Icon::home,
                                                 .waiting = nothing_waits};

inline constexpr Feature home_feature{.pages = home_pages};

}  // namespace yuanyue::web::app
