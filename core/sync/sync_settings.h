// How patient the sync client is.
#pragma once

#include <cstddef>
#include <cstdint>

#include "core/protocol/protocol.h"

namespace yuanyue::sync {

// Durations in milliseconds.
struct SyncSettings {
  std::int64_t push_timeout_ms = 15'000;
  std::int64_t pull_wait_ms = 25'000;     // of the long poll
  std::int64_t pull_timeout_ms = 15'000;  // beyond the wait
  std::int64_t retry_min_ms = 500;        // the first back-off, doubled each time, ± 50 % jitter
  std::int64_t retry_max_ms = 30'000;
  // For the rows of an accepted command, before they are asked for.
  std::int64_t rows_wait_ms = 1'000;
  std::int64_t poll_ms = 2'000;  // between pulls when the server answers them without waiting
  std::size_t max_push_commands = wire::max_push_commands;
};

}  // namespace yuanyue::sync
