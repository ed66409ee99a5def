// How the last commit went, and what is said of it.
#include <utility>

#include "backend/engine_loop/engine_loop.h"
#include "backend/log/log.h"

namespace yuanyue {

namespace {

constexpr std::int64_t same_failure_logged_every_ms = 10 * ms_per_minute;

}  // namespace

void EngineLoop::note_failure(StoreFault fault, const std::string& message) {
  healthy_ = false;
  bool is_news = false;
  {
    const std::lock_guard lock(mutex_);
    is_news =
        health_.fault != fault || batch_now_ - same_failure_logged_every_ms >= logged_failure_at_;
    if (health_.healthy) health_.since = batch_now_;
    health_.healthy = false;
    health_.fault = fault;
    health_.message = message;
  }
  if (!is_news) return;
  logged_failure_at_ = batch_now_;
  failure_was_logged_ = true;
  log_event(LogLevel::error, "commit_failed",
            {{"reason", name_of(fault)},
             {"message", message},
             {"now", "pushes are answered 503 and tried again by their clients"}});
}

void EngineLoop::commit_succeeded() {
  if (healthy_) return;
  healthy_ = true;
  const std::lock_guard lock(mutex_);
  health_.healthy = true;
  if (!std::exchange(failure_was_logged_, false)) return;
  log_event(LogLevel::info, "commits_again",
            {{"reason", name_of(health_.fault)}, {"after_ms", batch_now_ - health_.since}});
}

EngineHealth EngineLoop::health() const {
  const std::lock_guard lock(mutex_);
  return health_;
}

}  // namespace yuanyue
