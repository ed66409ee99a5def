#include "core/kernel/authorize.h"

#include "core/kernel/domain.h"
#include "core/kernel/refusals.h"

namespace yuanyue {

std::optional<Rejection> authorize(const State& state, const Actor& actor,
                                   const AnyCommand& command) {
  const Need need = command.type().needs(state, actor, command.get());
  switch (state.domains().grants()(state, actor, need)) {
    case Grant::given:
      return std::nullopt;
    case Grant::elsewhere:
      return refuse(refusals::not_found, no_detail);
    case Grant::none:
      break;
  }
  return refuse(refusals::not_permitted, no_detail);
}

}  // namespace yuanyue
