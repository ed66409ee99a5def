// Refusals that any command may meet.
#include "web/app/app.h"
#include "web/features/sync/feature.h"

namespace yuanyue::web::app {

std::string say_field(const App& app, std::string_view key, const Rejection& rejection) {
  return app.t(key, {{"field", std::string(invalid_field(rejection))}});
}

std::string refresh_label(const App& app, const RefusedCommand& /*refusal*/,
                          const WayForward& /*way*/) {
  return app.t("way.refresh");
}

void look_again(App& app, const RefusedCommand& /*refusal*/, const WayForward& /*way*/) {
  app.refresh();
}

}  // namespace yuanyue::web::app
