#include "backend/engine_loop/commit_health.h"

#include <cstdint>
#include <new>
#include <utility>

#include "backend/log/log.h"

namespace yuanyue {

namespace {

constexpr std::int64_t retry_after_failure_ms = 1'000;
constexpr std::int64_t same_failure_logged_every_ms = 10 * ms_per_minute;

}  // namespace

EngineHealth CommitHealth::report() const {
  const std::lock_guard lock(mutex_);
  return health_;
}

void CommitHealth::retry_later(Instant now) { retry_at_ = now + retry_after_failure_ms; }

void CommitHealth::failed(const StoreError& error, Instant now) {
  retry_later(now);
  must_reload_ = must_reload_ || error.fault == StoreFault::diverged;
  note(error.fault, error.message, now);
}

void CommitHealth::cut_short(const std::exception& failure, Instant now) noexcept {
  must_reload_ = true;
  retry_later(now);
  try {
    const bool no_memory = dynamic_cast<const std::bad_alloc*>(&failure) != nullptr;
    note(no_memory ? StoreFault::no_memory : StoreFault::other, failure.what(), now);
  } catch (const std::bad_alloc&) {
    healthy_ = false;
  }
}

void CommitHealth::note(StoreFault fault, const std::string& message, Instant now) {
  healthy_ = false;
  bool is_news = false;
  {
    const std::lock_guard lock(mutex_);
    is_news = health_.fault != fault || now - same_failure_logged_every_ms >= logged_at_;
    if (health_.healthy) health_.since = now;
    health_.healthy = false;
    health_.fault = fault;
    health_.message = message;
  }
  if (!is_news) return;
  logged_at_ = now;
  was_logged_ = true;
  log_event(LogLevel::error, "commit_failed",
            {{"reason", name_of(fault)},
             {"message", message},
             {"now", "pushes are answered 503 and tried again by their clients"}});
}

void CommitHealth::succeeded(Instant now) {
  if (healthy_) return;
  healthy_ = true;
  const std::lock_guard lock(mutex_);
  health_.healthy = true;
  if (!std::exchange(was_logged_, false)) return;
  log_event(LogLevel::info, "commits_again",
            {{"reason", name_of(health_.fault)}, {"after_ms", now - health_.since}});
}

}  // namespace yuanyue
