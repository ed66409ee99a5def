#include "backend/engine_loop/real_time.h"

#include <gtest/gtest.h>

namespace yuanyue {
namespace {

constexpr std::int64_t ns_per_ms = 1'000'000;

// A machine whose clock somebody sets.
struct Machine {
  std::int64_t clock_ms = 1'700'000'000'000;
  std::int64_t running_ms = 5'000;
  RealTime time{RealTime::Sources{[this] { return clock_ms * ns_per_ms; },
                                  [this] { return running_ms * ns_per_ms; }}};

  void run(std::int64_t ms) {
    clock_ms += ms;
    running_ms += ms;
  }
  std::int64_t now() { return time.now().ms; }
  ClockState state() { return time.status().state; }
};

TEST(RealTimeTest, follows_an_undisturbed_clock) {
  Machine machine;
  for (int i = 0; i < 100; ++i) {
    machine.run(37);
    EXPECT_EQ(machine.now(), machine.clock_ms);
  }
  EXPECT_EQ(machine.state(), ClockState::good);
}

TEST(RealTimeTest, a_clock_set_back_is_met_at_half_speed_and_time_never_returns) {
  Machine machine;
  const std::int64_t before = machine.now();
  machine.clock_ms -= ms_per_hour;
  EXPECT_EQ(machine.now(), before);
  EXPECT_EQ(machine.state(), ClockState::ahead);
  EXPECT_EQ(machine.time.status().ahead_ms, ms_per_hour);
  machine.run(ms_per_hour);
  EXPECT_EQ(machine.now(), before + ms_per_hour / 2);
  machine.run(ms_per_hour);
  EXPECT_EQ(machine.now(), machine.clock_ms) << "they have met";
  EXPECT_EQ(machine.state(), ClockState::good);
}

TEST(RealTimeTest, asked_again_and_again_it_still_runs) {
  Machine machine;
  const std::int64_t before = machine.now();
  machine.clock_ms -= ms_per_hour;
  for (int i = 0; i < 1'000; ++i) {
    machine.run(1);
    machine.now();
  }
  EXPECT_EQ(machine.now(), before + 500);
}

TEST(RealTimeTest, a_jump_forward_that_is_corrected_never_happened) {
  Machine machine;
  const std::int64_t before = machine.now();
  constexpr std::int64_t year = 365 * ms_per_day;
  machine.clock_ms += year;
  EXPECT_EQ(machine.now(), before) << "timers must not fire";
  EXPECT_EQ(machine.state(), ClockState::held_back);
  EXPECT_EQ(machine.time.status().ahead_ms, -year);
  machine.run(9 * ms_per_minute);
  EXPECT_EQ(machine.now(), before + 9 * ms_per_minute);
  machine.clock_ms -= year;
  machine.run(5 * ms_per_minute);
  EXPECT_EQ(machine.now(), machine.clock_ms);
  EXPECT_EQ(machine.state(), ClockState::good);
}

TEST(RealTimeTest, a_jump_forward_that_stands_is_believed) {
  Machine machine;
  machine.clock_ms += ms_per_day;
  machine.now();
  machine.run(10 * ms_per_minute);
  EXPECT_EQ(machine.now(), machine.clock_ms);
  EXPECT_EQ(machine.state(), ClockState::good);
}

TEST(RealTimeTest, a_small_correction_and_a_night_of_sleep_are_believed_at_once) {
  Machine machine;
  machine.clock_ms += ms_per_minute;
  EXPECT_EQ(machine.now(), machine.clock_ms);
  machine.run(8 * ms_per_hour);  // the running time counts sleep
  EXPECT_EQ(machine.now(), machine.clock_ms);
}

TEST(RealTimeTest, what_was_committed_is_not_undercut_after_a_start) {
  Machine machine;
  const Instant committed{machine.clock_ms + ms_per_day};
  machine.time.not_before(committed);
  EXPECT_EQ(machine.time.now(), committed);
  EXPECT_EQ(machine.state(), ClockState::ahead);
  machine.time.not_before({0});
  EXPECT_EQ(machine.time.now(), committed);
}

}  // namespace
}  // namespace yuanyue
