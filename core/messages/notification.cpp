#include "core/messages/notification.h"

#include "core/appointments/kinds.h"
#include "core/kernel/any_codec.h"
#include "core/kernel/row_type.h"
#include "core/messages/message_tables.h"
#include "core/people/grants.h"

namespace yuanyue {
namespace {

SlugText about(const Notification& row) {
  const auto* notice = row.kind.get_if<AppointmentNotice>();
  return notice != nullptr && notice->block ? SlugText(notice->block->service) : SlugText();
}

}  // namespace

constinit const RowType<Notification> Notification::type = RowAnswers<Notification>{
    .name = "notification",
    .fields = wire::notification_table,
    .key_fields = wire::uuid_key<NotificationId>,
    .audiences = [](const State&,
                    const Notification& row) { return audiences_of_enterprise(row.enterprise); },
    .due = no_due<Notification>,
    .finished = [](const Notification& row) { return row.at; },
    .indexes = no_indexes<Notification>,
    .owner = [](const Notification& row) { return owner_of(row.enterprise); },
    .history = HistoryOf<Notification>{about},
};

}  // namespace yuanyue
