// Messages that the enterprise has read.
#pragma once

#include <cstddef>
#include <vector>

#include "core/kernel/command.h"
#include "core/messages/ids.h"

namespace yuanyue {

inline constexpr std::size_t max_marked_at_once = 100;

struct MarkNotificationsRead {
  static const CommandType<MarkNotificationsRead> type;
  std::vector<NotificationId> notifications;  // 1..100
  bool operator==(const MarkNotificationsRead&) const = default;
};

}  // namespace yuanyue
