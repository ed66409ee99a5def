#include "core/messages/domain.h"

#include "core/appointments/domain.h"
#include "core/kernel/notice.h"
#include "core/messages/mark_notifications_read.h"
#include "core/messages/notification.h"

namespace yuanyue::messages {
namespace {

void put_into_inbox(Transaction& transaction, const Notice& notice) {
  Notification row;
  row.id = NotificationId(notice.id);
  row.enterprise = notice.enterprise;
  row.kind = notice.kind;
  row.at = notice.at;
  transaction.put(std::move(row));
}

constexpr const Domain* stands_on[] = {&appointments::domain};
constexpr Reaction reactions[] = {reaction<put_into_inbox>};

}  // namespace

constinit const Domain domain{
    .name = "messages",
    .stands_on = stands_on,
    .rows = row_types<Notification>,
    .indexes = no_elements,
    .commands = command_types<MarkNotificationsRead>,
    .events = no_elements,
    .notices = no_elements,
    .refusals = no_elements,
    .ways = no_elements,
    .reactions = reactions,
    .prefetch = no_prefetch,
};

}  // namespace yuanyue::messages
