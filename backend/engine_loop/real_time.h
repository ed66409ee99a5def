// The machine's clock, as far as it can be believed. Somebody may set it, a battery may be empty, a
// virtual machine may have slept; decisions and timers must not follow every such jump, and time
// that was told must not come again. Any thread.
#pragma once

#include <cstdint>
#include <functional>
#include <mutex>
#include <optional>
#include <string_view>

#include "core/base/time.h"

namespace yuanyue {

enum class ClockState : std::uint8_t {
  good,
  ahead,      // of the machine's, which was set back: runs at half speed until they meet
  held_back,  // behind the machine's, which jumped forward: not believed yet
};
std::string_view name_of(ClockState state);

struct ClockStatus {
  ClockState state = ClockState::good;
  std::int64_t ahead_ms = 0;  // of the machine's clock; negative: behind it
};

class RealTime {
 public:
  // Nanoseconds; `running` since the machine was started, sleep included, never set.
  struct Sources {
    std::function<std::int64_t()> machine_ns;
    std::function<std::int64_t()> running_ns;
  };
  struct Limits {
    std::int64_t believed_jump_ms = 2 * ms_per_minute;    // forward, at once
    std::int64_t believed_after_ms = 10 * ms_per_minute;  // any jump that still stands by then
    std::int64_t noted_difference_ms = ms_per_minute;
  };
  RealTime();
  explicit RealTime(Sources sources) : RealTime(std::move(sources), Limits()) {}
  RealTime(Sources sources, Limits limits);

  Instant now();
  void not_before(Instant at);
  ClockStatus status();

 private:
  void run_on();  // requires mutex_

  const Sources sources_;
  const Limits limits_;
  std::mutex mutex_;
  std::int64_t time_ns_;
  std::int64_t ran_ns_;
  std::optional<std::int64_t> jumped_at_ns_;
};

}  // namespace yuanyue
