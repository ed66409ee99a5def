#include "web/app/views/message_parts.h"

#include <algorithm>
#include <utility>

namespace yuanyue::web::app {
namespace {

constexpr std::size_t marked_at_once = 100;  // of MarkNotificationsRead

}  // namespace

void mark_read(App& app, const std::vector<NotificationId>& notifications) {
  for (std::size_t from = 0; from < notifications.size(); from += marked_at_once) {
    const std::size_t to = std::min(notifications.size(), from + marked_at_once);
    MarkNotificationsRead mark;
    mark.notifications.assign(notifications.begin() + static_cast<std::ptrdiff_t>(from),
                              notifications.begin() + static_cast<std::ptrdiff_t>(to));
    Command command = std::move(mark);
    const Submitted submitted = app.submit(command);
    if (!submitted) app.show_refusal({std::move(command), *submitted.rejection});
  }
}

}  // namespace yuanyue::web::app
