#include "core/messages/inbox.h"

namespace yuanyue {

bool is_settled(const State& state, const Notification& message) {
  const NoticeKindBase& kind = message.kind.kind();
  return kind.settled(kind, state, message.kind.get());
}

bool is_unread(const State& state, const Notification& message) {
  return message.read_at.ms == 0 && !is_settled(state, message);
}

}  // namespace yuanyue
