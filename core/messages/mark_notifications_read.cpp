#include "core/messages/mark_notifications_read.h"

#include <utility>

#include "core/kernel/refusals.h"
#include "core/kernel/transaction.h"
#include "core/messages/message_tables.h"
#include "core/messages/notification.h"
#include "core/messages/permissions.h"
#include "core/people/acting_enterprise.h"

namespace yuanyue {
namespace {

// Of the first that is not the sender's own, if there is one. What is not here any more is in the
// archive as it was, and no fault of who marks all that the page showed.
Need messages_need(const State& state, const Actor& actor, const MarkNotificationsRead& command) {
  const Need own = own_need(read_messages, state, actor);
  for (const NotificationId& id : command.notifications) {
    const Notification* notification = state.find(id);
    if (notification == nullptr) continue;
    const Need need = owner_need(read_messages, notification);
    if (need.scope != own.scope) return need;
  }
  return own;
}

Refusal mark_read(Transaction& transaction, const MarkNotificationsRead& command) {
  if (command.notifications.empty() || command.notifications.size() > max_marked_at_once) {
    return refuse_invalid("notifications");
  }
  for (const NotificationId& id : command.notifications) {
    const Notification* found = transaction.state().find(id);
    if (found == nullptr || found->read_at.ms != 0) continue;
    Notification notification = *found;
    notification.read_at = transaction.now();
    transaction.put(std::move(notification));
  }
  return std::nullopt;
}

}  // namespace

constinit const CommandType<MarkNotificationsRead> MarkNotificationsRead::type =
    CommandAnswers<MarkNotificationsRead>{
        .name = "mark_notifications_read",
        .fields = wire::mark_notifications_read_table,
        .origin = Origin::outside,
        .needs = messages_need,
        .decide = mark_read,
    };

}  // namespace yuanyue
