#include "backend/engine_loop/real_time.h"

#include <algorithm>

#include <time.h>

namespace yuanyue {

namespace {

constexpr std::int64_t ns_per_ms = 1'000'000;

std::int64_t read(clockid_t clock) {
  timespec at{};
  ::clock_gettime(clock, &at);
  return at.tv_sec * 1'000 * ns_per_ms + at.tv_nsec;
}

}  // namespace

std::string_view name_of(ClockState state) {
  switch (state) {
    case ClockState::ahead:
      return "ahead";
    case ClockState::held_back:
      return "held_back";
    case ClockState::good:
      break;
  }
  return "good";
}

RealTime::RealTime()
    : RealTime({[] { return read(CLOCK_REALTIME); }, [] { return read(CLOCK_BOOTTIME); }}) {}

RealTime::RealTime(Sources sources, Limits limits)
    : sources_(std::move(sources)),
      limits_(limits),
      time_ns_(sources_.machine_ns()),
      ran_ns_(sources_.running_ns()) {}

void RealTime::run_on() {
  const std::int64_t running_ns = sources_.running_ns();
  const std::int64_t machine_ns = sources_.machine_ns();
  const std::int64_t elapsed_ns = std::max<std::int64_t>(0, running_ns - ran_ns_);
  ran_ns_ = running_ns;
  const std::int64_t undisturbed_ns = time_ns_ + elapsed_ns;
  if (machine_ns <= undisturbed_ns + limits_.believed_jump_ms * ns_per_ms) {
    jumped_at_ns_.reset();
    // The machine's time, or, when that was set back, slowly on until it has come up.
    time_ns_ = std::max(machine_ns, time_ns_ + elapsed_ns / 2);
    return;
  }
  if (!jumped_at_ns_) jumped_at_ns_ = running_ns;
  const bool stands = running_ns - *jumped_at_ns_ >= limits_.believed_after_ms * ns_per_ms;
  time_ns_ = stands ? machine_ns : undisturbed_ns;
  if (stands) jumped_at_ns_.reset();
}

Instant RealTime::now() {
  const std::lock_guard lock(mutex_);
  run_on();
  return {time_ns_ / ns_per_ms};
}

void RealTime::not_before(Instant at) {
  const std::lock_guard lock(mutex_);
  run_on();
  time_ns_ = std::max(time_ns_, at.ms * ns_per_ms);
}

ClockStatus RealTime::status() {
  const std::lock_guard lock(mutex_);
  run_on();
  ClockStatus status;
  const std::int64_t ahead_ms = (time_ns_ - sources_.machine_ns()) / ns_per_ms;
  if (jumped_at_ns_) status = {ClockState::held_back, ahead_ms};
  if (ahead_ms > limits_.noted_difference_ms) status = {ClockState::ahead, ahead_ms};
  return status;
}

}  // namespace yuanyue
