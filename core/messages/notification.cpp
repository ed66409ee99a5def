#include "core/messages/notification.h"

#include "core/kernel/any_codec.h"
#include "core/kernel/row_type.h"
#include "core/messages/message_tables.h"
#include "core/people/grants.h"

namespace yuanyue {

constinit const RowType<Notification> Notification::type = RowAnswers<Notification>{
    .name = "notification",
    .fields = wire::notification_table,
    .key_fields = wire::uuid_key<NotificationId>,
    .audiences = [](const State&,
                    const Notification& row) { return audiences_of_enterprise(row.enterprise); },
    .due = no_due<Notification>,
    .finished = [](const Notification& row) { return row.at; },
    .indexes = no_indexes<Notification>,
};

}  // namespace yuanyue
