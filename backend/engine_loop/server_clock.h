// The server's clock: it never goes back, and for demos and tests it can start elsewhere and be
// moved forward. Any thread.
#pragma once

#include <chrono>
#include <mutex>
#include <optional>

#include "backend/engine_loop/real_time.h"
#include "core/base/time.h"

namespace yuanyue {

class ServerClock {
 public:
  static ServerClock real() { return ServerClock(Mode::real, {}); }
  static ServerClock started_at(Instant start) { return ServerClock(Mode::started, start); }
  static ServerClock stopped_at(Instant start) { return ServerClock(Mode::stopped, start); }

  Instant now();
  // Time that has been acknowledged must not come again, whatever the machine's clock says now.
  void not_before(Instant at);
  bool may_be_moved() const { return !real_; }
  // False when the clock may not be moved or `at` is not ahead.
  bool advance_to(Instant at);
  // Beside the machine's clock; a clock that was set on purpose is always good.
  ClockStatus status();

 private:
  enum class Mode : std::uint8_t { real, started, stopped };
  ServerClock(Mode mode, Instant start);
  Instant read() const;  // requires mutex_ and !real_

  const Mode mode_;
  std::optional<RealTime> real_;
  mutable std::mutex mutex_;
  Instant base_;
  std::chrono::steady_clock::time_point base_read_at_;
  Instant last_{INT64_MIN};
};

}  // namespace yuanyue
