// The page `/`: what an enterprise does by itself. One application, drawn whenever something has
// changed.
#include <array>

#include "web/app/app.h"
#include "web/app/complete.h"
#include "web/bridge/platform.h"
#include "web/features/appointments/feature.h"
#include "web/features/catalog/feature.h"
#include "web/features/home/feature.h"
#include "web/features/messages/feature.h"
#include "web/features/people/feature.h"
#include "web/features/sync/feature.h"
#include "web/ui/ui.h"

namespace yuanyue::web::app {
namespace {

constexpr std::array features{&home_feature,    &appointments_feature, &messages_feature,
                              &catalog_feature, &people_feature,       &sync_feature};
constexpr std::array navigation{&home_navigation, &book_navigation, &waitlist_navigation,
                                &inbox_navigation, &account_navigation};
constexpr std::array records{&bookings_navigation};

constexpr Site enterprise{.features = features,
                          .navigation = navigation,
                          .records = records,
                          .home = home_page,
                          .sign_in = sign_in_page,
                          .password = password_page,
                          .account = account_page,
                          .inbox = inbox_page,
                          .outbox = outbox_page,
                          .not_found = not_found_page};

static_assert(is_connected(enterprise));

}  // namespace
}  // namespace yuanyue::web::app

int main() {
  namespace web = yuanyue::web;
  // Lives as long as the page; main returns before the first frame.
  static web::app::App app(web::app::enterprise);
  app.start();
  web::platform::run([] { web::ui::frame([] { app.frame(); }); });
  return 0;
}
