// What happens by itself when its time has come.
#pragma once

#include "core/kernel/command.h"

namespace yuanyue {

inline constexpr Permission run_timers{"run_timers", Holder::system};

// Does the one thing that is due first (State::next_due). Run by the engine, never accepted from
// outside.
struct RunDue {
  static const CommandType<RunDue> type;
  bool operator==(const RunDue&) const = default;
};

}  // namespace yuanyue
