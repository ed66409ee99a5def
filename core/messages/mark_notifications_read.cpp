#include "core/messages/mark_notifications_read.h"

#include <utility>

#include "core/kernel/rejections.h"
#include "core/kernel/transaction.h"

namespace yuanyue {

Refusal decide(Transaction& transaction, const MarkNotificationsRead& command) {
  if (command.notifications.empty() || command.notifications.size() > max_marked_at_once) {
    return reject_invalid("notifications");
  }
  for (const NotificationId& id : command.notifications) {
    Notification notification = *transaction.state().find(id);  // authorize has found it
    if (notification.read_at.ms != 0) continue;
    notification.read_at = transaction.now();
    transaction.put(std::move(notification));
  }
  return std::nullopt;
}

}  // namespace yuanyue
