#include "backend/connections/deadline_wheel.h"

#include <memory>
#include <random>
#include <vector>

#include <gtest/gtest.h>

namespace yuanyue {
namespace {

using namespace std::chrono_literals;
using Clock = DeadlineWheel::Clock;

struct Entry : DeadlineEntry {
  int number = 0;
};

class DeadlineWheelTest : public testing::Test {
 protected:
  std::vector<int> run_until(Clock::duration after) {
    std::vector<int> due;
    wheel_.run(start_ + after,
               [&](DeadlineEntry& entry) { due.push_back(static_cast<Entry&>(entry).number); });
    return due;
  }

  const Clock::time_point start_ = Clock::now();
  DeadlineWheel wheel_{start_};
};

TEST_F(DeadlineWheelTest, never_early_and_at_most_a_tick_late) {
  Entry entry;
  wheel_.set(entry, start_ + 250ms);
  EXPECT_TRUE(run_until(299ms).empty());
  EXPECT_EQ(run_until(300ms).size(), 1U);
  EXPECT_TRUE(run_until(10s).empty()) << "once";
}

TEST_F(DeadlineWheelTest, beyond_a_turn_of_the_wheel) {
  Entry entry;
  wheel_.set(entry, start_ + 1h);
  EXPECT_TRUE(run_until(1h - 1ms).empty());
  EXPECT_EQ(run_until(1h).size(), 1U);
}

TEST_F(DeadlineWheelTest, a_new_deadline_replaces_the_old_one) {
  Entry entry;
  wheel_.set(entry, start_ + 1s);
  wheel_.set(entry, start_ + 3s);
  EXPECT_TRUE(run_until(2s).empty());
  DeadlineWheel::drop(entry);
  EXPECT_TRUE(run_until(5s).empty());
  wheel_.set(entry, start_);
  EXPECT_EQ(run_until(5s + 100ms).size(), 1U) << "what is over runs at the next tick";
}

TEST_F(DeadlineWheelTest, one_that_is_set_while_they_run_waits_for_its_time) {
  Entry entry;
  wheel_.set(entry, start_ + 1s);
  int runs = 0;
  const auto again = [&](DeadlineEntry& due) {
    ++runs;
    wheel_.set(due, start_ + 1s);
  };
  wheel_.run(start_ + 1s, again);
  EXPECT_EQ(runs, 1);
  wheel_.run(start_ + 1s + 100ms, again);
  EXPECT_EQ(runs, 2);
}

TEST_F(DeadlineWheelTest, one_may_destroy_another_that_is_due_with_it) {
  auto one = std::make_unique<Entry>();
  auto other = std::make_unique<Entry>();
  wheel_.set(*one, start_ + 1s);
  wheel_.set(*other, start_ + 1s);
  int runs = 0;
  wheel_.run(start_ + 2s, [&](DeadlineEntry& due) {
    ++runs;
    (&due == one.get() ? other : one).reset();
  });
  EXPECT_EQ(runs, 1);
}

TEST_F(DeadlineWheelTest, as_a_sorted_list_would) {
  std::mt19937 random(5);
  std::vector<std::unique_ptr<Entry>> entries;
  std::vector<Clock::duration> due(500);
  for (int i = 0; i < 500; ++i) {
    entries.push_back(std::make_unique<Entry>());
    entries.back()->number = i;
    due[static_cast<std::size_t>(i)] = std::chrono::milliseconds(random() % 300'000);
    wheel_.set(*entries.back(), start_ + due[static_cast<std::size_t>(i)]);
  }
  for (auto now = 0ms; now < 301s; now += std::chrono::milliseconds(100 + random() % 5'000)) {
    for (const int i : run_until(now)) {
      EXPECT_LE(due[static_cast<std::size_t>(i)], now);
      entries[static_cast<std::size_t>(i)].reset();
    }
    for (const auto& entry : entries) {
      if (!entry) continue;
      EXPECT_GT(due[static_cast<std::size_t>(entry->number)] + 200ms, now);
    }
  }
}

}  // namespace
}  // namespace yuanyue
