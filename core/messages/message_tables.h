// Fields and limits of messages, and of the command about them.
#pragma once

#include "core/appointments/waitlist_tables.h"
#include "core/messages/mark_notifications_read.h"
#include "core/messages/notification.h"

namespace yuanyue::wire {

inline constexpr std::string_view notification_kind_list[] = {
    "offer_made",     "offer_expired", "offer_withdrawn",   "auto_accepted",
    "waitlist_ended", "tier_promoted", "relocation_needed", "relocation_cleared"};
inline constexpr Names notification_kind_names{notification_kind_list};
static_assert(ends_with(notification_kind_names, NotificationKind::relocation_cleared));

inline constexpr auto notification_fields = fields_of(
    YUANYUE_FIELD(Notification, at, instant()),
    YUANYUE_FIELD(Notification, block, optional(block_key_codec)),
    YUANYUE_FIELD(Notification, booking, uuid_or_none<BookingId>()),
    YUANYUE_FIELD(Notification, end_reason,
                  enumerator<WaitlistEndReason>(waitlist_end_reason_names)),
    YUANYUE_FIELD(Notification, enterprise, uuid<EnterpriseId>()),
    YUANYUE_FIELD(Notification, entry, uuid_or_none<WaitlistEntryId>()),
    YUANYUE_FIELD(Notification, id, uuid<NotificationId>()),
    YUANYUE_FIELD(Notification, kind, enumerator<NotificationKind>(notification_kind_names)),
    YUANYUE_FIELD(Notification, offer, uuid_or_none<OfferId>()),
    YUANYUE_FIELD(Notification, read_at, instant_or_zero()),
    YUANYUE_FIELD(Notification, until, instant_or_zero()));
inline constexpr TableOf notification_table{notification_fields};

inline constexpr auto notification_id_codec = uuid<NotificationId>();
inline constexpr auto mark_notifications_read_fields = fields_of(YUANYUE_FIELD(
    MarkNotificationsRead, notifications, list(notification_id_codec, 1, max_marked_at_once)));
inline constexpr TableOf mark_notifications_read_table{mark_notifications_read_fields};

}  // namespace yuanyue::wire
