// A command with who asks and when.
#pragma once

#include <cstdint>

#include "core/base/time.h"
#include "core/domains/commands.h"
#include "core/kernel/ids.h"
#include "core/people/ids.h"

namespace yuanyue {

// Who asks. The console is an administrator at the server's own command line.
enum class ActorKind : std::uint8_t { user, console, system };
struct Actor {
  ActorKind kind = ActorKind::user;
  UserId user;
  bool operator==(const Actor&) const = default;
};

struct Envelope {
  CommandId id;
  Actor actor;
  Instant now;  // the server's clock; in the browser the predicted server clock
  Command command;
};

}  // namespace yuanyue
