// What the messages of the inbox still ask of the enterprise.
#pragma once

#include "core/kernel/state.h"
#include "core/messages/notification.h"

namespace yuanyue {

// What the message asks for is over: the booking need not be moved any more, the offer is closed.
// It counts as read then, and must not be shown as if it still asked.
bool is_settled(const State& state, const Notification& message);

// Not read, and not settled.
bool is_unread(const State& state, const Notification& message);

}  // namespace yuanyue
