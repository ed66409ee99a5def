// What happens by itself when its time has come.
#pragma once

#include "core/kernel/command.h"

namespace yuanyue {

// Does the one thing that is due first (State::next_due). Run by the engine, never accepted from
// outside.
struct RunDue {
  bool operator==(const RunDue&) const = default;
};
Refusal decide(Transaction& transaction, const RunDue& command);

}  // namespace yuanyue
