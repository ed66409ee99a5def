// Fields and limits of messages, and of the command about them.
#pragma once

#include "core/kernel/kind_codec.h"
#include "core/messages/mark_notifications_read.h"
#include "core/messages/notification.h"

namespace yuanyue::wire {

inline constexpr auto notification_fields =
    fields_of(YUANYUE_FIELD(Notification, at, instant()),
              YUANYUE_FIELD(Notification, enterprise, uuid<EnterpriseId>()),
              YUANYUE_FIELD(Notification, id, uuid<NotificationId>()),
              YUANYUE_FIELD(Notification, kind, kind_codec<NoticeOf>),
              YUANYUE_FIELD(Notification, read_at, instant_or_zero()));
inline constexpr Flattened notification_detail = flattened<&Notification::kind>("kind");
inline constexpr TableOf notification_table{notification_fields, notification_detail};

inline constexpr auto notification_id_codec = uuid<NotificationId>();
inline constexpr auto mark_notifications_read_fields = fields_of(YUANYUE_FIELD(
    MarkNotificationsRead, notifications, list(notification_id_codec, 1, max_marked_at_once)));
inline constexpr TableOf mark_notifications_read_table{mark_notifications_read_fields};

}  // namespace yuanyue::wire
