#include "backend/engine_loop/commit_health.h"

#include <new>
#include <stdexcept>

#include <gtest/gtest.h>

namespace yuanyue {
namespace {

constexpr Instant first{1'000'000};

TEST(CommitHealthTest, a_failure_is_told_with_its_reason_and_since_when) {
  CommitHealth health;
  EXPECT_TRUE(health.healthy());
  EXPECT_FALSE(health.is_time_to_retry(first));
  health.failed({"full", StoreFault::disk_full}, first);
  health.failed({"cannot write", StoreFault::failed_write}, first + 5'000);
  EXPECT_FALSE(health.healthy());
  const EngineHealth report = health.report();
  EXPECT_FALSE(report.healthy);
  EXPECT_EQ(report.fault, StoreFault::failed_write) << "the last reason";
  EXPECT_EQ(report.message, "cannot write");
  EXPECT_EQ(report.since, first) << "since the first";
  health.succeeded(first + 9'000);
  EXPECT_TRUE(health.healthy());
  EXPECT_TRUE(health.report().healthy);
}

TEST(CommitHealthTest, it_is_tried_again_a_second_later) {
  CommitHealth health;
  health.failed({"full", StoreFault::disk_full}, first);
  EXPECT_EQ(health.retry_at(), first + 1'000);
  EXPECT_FALSE(health.is_time_to_retry(first + 999));
  EXPECT_TRUE(health.is_time_to_retry(first + 1'000));
  health.retry_later(first + 1'000);
  EXPECT_FALSE(health.is_time_to_retry(first + 1'999));
  health.succeeded(first + 2'000);
  EXPECT_FALSE(health.is_time_to_retry(first + 9'000));
}

TEST(CommitHealthTest, state_is_read_anew_when_it_may_not_be_what_the_store_has) {
  CommitHealth health;
  health.failed({"full", StoreFault::disk_full}, first);
  EXPECT_FALSE(health.must_reload());
  health.failed({"another process", StoreFault::diverged}, first);
  EXPECT_TRUE(health.must_reload());
  health.failed({"full", StoreFault::disk_full}, first);
  EXPECT_TRUE(health.must_reload()) << "until it was";
  health.reloaded();
  EXPECT_FALSE(health.must_reload());
  health.cut_short(std::bad_alloc(), first);
  EXPECT_TRUE(health.must_reload());
  EXPECT_EQ(health.report().fault, StoreFault::no_memory);
  health.cut_short(std::runtime_error("something"), first);
  EXPECT_EQ(health.report().fault, StoreFault::other);
  EXPECT_EQ(health.report().message, "something");
}

}  // namespace
}  // namespace yuanyue
