#include "web/features/messages/unread.h"

#include <algorithm>
#include <utility>

#include "core/messages/inbox.h"
#include "core/messages/mark_notifications_read.h"
#include "web/features/messages/feature.h"

namespace yuanyue::web::app {
namespace {

constexpr std::size_t marked_at_once = 100;  // of MarkNotificationsRead

}  // namespace

std::size_t unread_count(const App& app) {
  std::size_t count = 0;
  const EnterpriseId enterprise = app.enterprise();
  app.state().for_each<Notification>([&](const Notification& row) {
    if (row.enterprise == enterprise && is_unread(app.state(), row)) ++count;
  });
  return count;
}

std::string mark_read_text(const App& app, const MarkNotificationsRead& /*command*/) {
  return app.t("command.mark_notifications_read");
}

void mark_read(App& app, const std::vector<NotificationId>& notifications) {
  for (std::size_t from = 0; from < notifications.size(); from += marked_at_once) {
    const std::size_t to = std::min(notifications.size(), from + marked_at_once);
    MarkNotificationsRead mark;
    mark.notifications.assign(notifications.begin() + static_cast<std::ptrdiff_t>(from),
                              notifications.begin() + static_cast<std::ptrdiff_t>(to));
    AnyCommand command = std::move(mark);
    const Submitted submitted = app.submit(command);
    if (!submitted) app.show_refusal({std::move(command), *submitted.rejection});
  }
}

}  // namespace yuanyue::web::app
