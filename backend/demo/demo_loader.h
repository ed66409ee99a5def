// Fills an empty store with a park that has been in use for weeks, by giving real commands on a
// clock that starts in the past, so that ledger, queues and messages are what they would be.
#pragma once

#include <expected>
#include <string>

#include "backend/store/data_folder.h"
#include "core/base/time.h"

namespace yuanyue {

// Relative to `now`. Requires an empty store; the error is a sentence. Takes a second or two.
std::expected<void, std::string> load_demo(DataLock lock, const DataFolder& folder, Instant now);

}  // namespace yuanyue
