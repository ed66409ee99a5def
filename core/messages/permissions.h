// What the commands of this domain ask for.
#pragma once

#include "core/kernel/command.h"

namespace yuanyue {

inline constexpr Permission read_messages{"read_messages", Holder::member};

}  // namespace yuanyue
