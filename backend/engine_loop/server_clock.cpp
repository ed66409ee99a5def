#include "backend/engine_loop/server_clock.h"

#include <algorithm>

namespace yuanyue {

ServerClock::ServerClock(Mode mode, Instant start)
    : mode_(mode), base_(start), base_read_at_(std::chrono::steady_clock::now()) {
  if (mode == Mode::real) real_.emplace();
}

Instant ServerClock::read() const {
  using namespace std::chrono;
  if (mode_ == Mode::stopped) return base_;
  return base_ + duration_cast<milliseconds>(steady_clock::now() - base_read_at_).count();
}

Instant ServerClock::now() {
  if (real_) return real_->now();
  const std::lock_guard lock(mutex_);
  last_ = std::max(last_, read());
  return last_;
}

void ServerClock::not_before(Instant at) {
  if (real_) return real_->not_before(at);
  const std::lock_guard lock(mutex_);
  if (read() >= at) return;
  base_ = at;
  base_read_at_ = std::chrono::steady_clock::now();
}

bool ServerClock::advance_to(Instant at) {
  if (real_) return false;
  const std::lock_guard lock(mutex_);
  if (at <= read()) return false;
  base_ = at;
  base_read_at_ = std::chrono::steady_clock::now();
  return true;
}

ClockStatus ServerClock::status() { return real_ ? real_->status() : ClockStatus(); }

}  // namespace yuanyue
