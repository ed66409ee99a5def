#include "core/kernel/prefetch.h"

#include "core/kernel/domain.h"
#include "core/kernel/state.h"

namespace yuanyue {

void prefetch(const State& state, const Actor& actor, const AnyCommand& command,
              PrefetchStep step) {
  for (const Prefetch ask : state.domains().prefetches()) ask(state, actor, command, step);
}

}  // namespace yuanyue
