#include "core/sync/backoff.h"

#include <algorithm>

namespace yuanyue::sync {

void Backoff::failed(const SyncSettings& settings, std::int64_t retry_after_ms,
                     std::uint64_t chance, Instant now) {
  const int doublings = std::min(failures_, 16);
  ++failures_;
  slowed_ = false;
  const std::int64_t full = std::min(settings.retry_max_ms, settings.retry_min_ms << doublings);
  const auto jitter = static_cast<std::int64_t>(chance % 1'001);  // per mille
  const std::int64_t delay = full / 2 + full * jitter / 1'000;
  retry_at_ = now + std::max(delay, std::min(retry_after_ms, max_retry_after_ms));
}

void Backoff::mind_clock(Instant now) {
  if (retry_at_ > now + 2 * max_retry_after_ms) retry_at_ = now;
}

}  // namespace yuanyue::sync
