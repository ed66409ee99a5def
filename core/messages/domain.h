// The inbox.
#pragma once

#include "core/kernel/domain.h"

namespace yuanyue::messages {

extern const Domain domain;

}  // namespace yuanyue::messages
