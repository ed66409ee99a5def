// How refusals are put together: a code, what it is about, and the ways forward.
#pragma once

#include <string_view>

#include "core/kernel/outcome.h"

namespace yuanyue {

Rejection reject(RejectionCode code);
Rejection reject_invalid(std::string_view field);
Rejection reject_about(RejectionCode code, const BlockKey& block);

}  // namespace yuanyue
