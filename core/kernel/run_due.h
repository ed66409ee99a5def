// What happens by itself when its time has come.
#pragma once

#include "core/kernel/command.h"

namespace yuanyue {

inline constexpr Permission run_timers{"run_timers", Holder::system};

// Does the one thing that is due first: the next timer, else the archiving of one row, which leaves
// no word in the ledger: nothing has happened. Run by the engine, never accepted from outside.
struct RunDue {
  static const CommandType<RunDue> type;
  bool operator==(const RunDue&) const = default;
};

}  // namespace yuanyue
