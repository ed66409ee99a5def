// A message in the app's inbox; the words are in assets/i18n under "notification.<kind>".
#pragma once

#include "core/kernel/ids.h"
#include "core/kernel/kind.h"
#include "core/kernel/row.h"
#include "core/messages/ids.h"

namespace yuanyue {

struct Notification {
  static constexpr PartNumber number{messages::domain_number, 0};
  static const RowType<Notification> type;
  NotificationId id;
  EnterpriseId enterprise;
  NoticeOf kind;  // with its detail: what it is about
  Instant at;
  Instant read_at;  // ms == 0: unread
  bool operator==(const Notification&) const = default;
};
inline const NotificationId& key_of(const Notification& row) { return row.id; }

}  // namespace yuanyue
