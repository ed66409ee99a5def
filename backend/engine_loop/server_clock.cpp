#include "backend/engine_loop/server_clock.h"

#include <algorithm>

namespace yuanyue {

namespace {

Instant machine_time() {
  using namespace std::chrono;
  return {duration_cast<milliseconds>(system_clock::now().time_since_epoch()).count()};
}

}  // namespace

ServerClock::ServerClock(Mode mode, Instant start)
    : mode_(mode),
      base_(mode == Mode::real ? machine_time() : start),
      base_read_at_(std::chrono::steady_clock::now()) {}

Instant ServerClock::read() const {
  using namespace std::chrono;
  if (mode_ == Mode::stopped) return base_;
  const auto elapsed = duration_cast<milliseconds>(steady_clock::now() - base_read_at_).count();
  const Instant running = base_ + elapsed;
  return mode_ == Mode::real ? std::max(running, machine_time()) : running;
}

Instant ServerClock::now() {
  const std::lock_guard lock(mutex_);
  last_ = std::max(last_, read());
  return last_;
}

void ServerClock::not_before(Instant at) {
  const std::lock_guard lock(mutex_);
  if (read() >= at) return;
  base_ = at;
  base_read_at_ = std::chrono::steady_clock::now();
}

bool ServerClock::advance_to(Instant at) {
  const std::lock_guard lock(mutex_);
  if (!may_be_moved() || at <= read()) return false;
  base_ = at;
  base_read_at_ = std::chrono::steady_clock::now();
  return true;
}

}  // namespace yuanyue
