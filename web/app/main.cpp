// The page: one application, drawn whenever something has changed.
#include "web/app/app.h"
#include "web/bridge/platform.h"
#include "web/ui/ui.h"

int main() {
  // Lives as long as the page; main returns before the first frame.
  static yuanyue::web::app::App app;
  app.start();
  yuanyue::web::platform::run([] { yuanyue::web::ui::frame([] { app.frame(); }); });
  return 0;
}
