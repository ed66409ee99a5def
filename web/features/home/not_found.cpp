// An address that leads nowhere.
#include "web/app/app.h"
#include "web/features/home/pages.h"
#include "web/ui/ui.h"

namespace yuanyue::web::app {

void not_found_view(App& app) {
  ui::page({.title = app.t("not_found.title"), .width_max = 720}, [&] {
    ui::empty_state({.icon = ui::Icon::search,
                     .title = app.t("not_found.what"),
                     .text = app.t("not_found.why")},
                    [&] {
                      ui::button({.label = app.t("not_found.home"),
                                  .kind = ui::ButtonKind::primary,
                                  .icon = ui::Icon::home,
                                  .key = "home",
                                  .href = href(home_page)});
                    });
  });
}

}  // namespace yuanyue::web::app
