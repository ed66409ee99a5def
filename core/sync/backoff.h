// How long one kind of request keeps quiet after failures. Milliseconds, device clock.
#pragma once

#include <cstdint>

#include "core/base/time.h"
#include "core/sync/sync_settings.h"

namespace yuanyue::sync {

// What a server may ask for by Retry-After; beyond it, it is not believed.
inline constexpr std::int64_t max_retry_after_ms = 5 * ms_per_minute;

class Backoff {
 public:
  int failures() const { return failures_; }  // in a row
  bool slowed() const { return slowed_; }     // the last one was that too much was asked
  Instant retry_at() const { return retry_at_; }
  bool is_over(Instant now) const { return retry_at_ <= now; }

  // `chance` is random; jitter comes from it. `retry_after_ms`: what the server asked for, 0:
  // nothing.
  void failed(const SyncSettings& settings, std::int64_t retry_after_ms, std::uint64_t chance,
              Instant now);
  void mark_slowed() { slowed_ = true; }
  void succeeded() { *this = {}; }
  void pause_until(Instant at) { retry_at_ = at; }
  // A device clock that was set back must not leave a request waiting.
  void mind_clock(Instant now);

 private:
  int failures_ = 0;
  Instant retry_at_;
  bool slowed_ = false;
};

}  // namespace yuanyue::sync
