#include "backend/engine_loop/job_queue.h"

#include <gtest/gtest.h>

namespace yuanyue {
namespace {

Job push_of(std::size_t commands) {
  PushTask task;
  task.request.commands.resize(commands);
  return PushJob{std::move(task), PushAnswer([](const PushReply&) {}), {}};
}

std::vector<std::size_t> sizes(const std::list<Job>& jobs) {
  std::vector<std::size_t> sizes;
  for (const Job& job : jobs) sizes.push_back(commands_in(job));
  return sizes;
}

using Sizes = std::vector<std::size_t>;

TEST(JobQueueTest, takes_whole_tasks_as_long_as_their_commands_fit) {
  JobQueue queue(100);
  for (const std::size_t commands : {3U, 4U, 4U, 20U, 1U}) {
    ASSERT_TRUE(queue.add(push_of(commands)));
  }
  EXPECT_EQ(sizes(queue.take(8)), (Sizes{3, 4}));
  EXPECT_EQ(sizes(queue.take(8)), (Sizes{4}));
  EXPECT_EQ(sizes(queue.take(8)), (Sizes{20})) << "larger than a batch: alone";
  EXPECT_EQ(sizes(queue.take(8)), (Sizes{1}));
  EXPECT_TRUE(queue.take(8).empty());
}

TEST(JobQueueTest, a_task_without_commands_counts_too) {
  JobQueue queue(100);
  for (int i = 0; i < 5; ++i) ASSERT_TRUE(queue.add(InspectJob{}));
  EXPECT_EQ(queue.take(2).size(), 2U);
}

TEST(JobQueueTest, what_is_put_back_comes_first_though_it_is_full) {
  JobQueue queue(2);
  ASSERT_TRUE(queue.add(push_of(1)));
  ASSERT_TRUE(queue.add(push_of(2)));
  auto taken = queue.take(10);
  ASSERT_TRUE(queue.add(push_of(3)));
  ASSERT_TRUE(queue.add(push_of(4)));
  EXPECT_FALSE(queue.add(push_of(5)));
  queue.put_back(std::move(taken));
  EXPECT_EQ(queue.size(), 4U);
  EXPECT_FALSE(queue.add(push_of(5)));
  EXPECT_EQ(sizes(queue.take(100)), (Sizes{1, 2, 3, 4}));
}

TEST(JobQueueTest, a_refused_job_stays_its_senders) {
  JobQueue queue(0);
  bool answered = false;
  {
    Job job = PushJob{{}, PushAnswer([&](const PushReply&) { answered = true; }), {}};
    EXPECT_FALSE(queue.add(std::move(job)));
    EXPECT_FALSE(answered);
    std::get<PushJob>(job).answer.forget();
  }
  EXPECT_FALSE(answered);
}

TEST(JobQueueTest, a_closed_queue_takes_no_more_and_is_over_when_it_is_empty) {
  JobQueue queue(10);
  ASSERT_TRUE(queue.add(push_of(1)));
  queue.close();
  EXPECT_FALSE(queue.add(push_of(1)));
  EXPECT_FALSE(queue.is_over());
  queue.wait_for_job(std::chrono::hours(1));
  EXPECT_EQ(queue.take(10).size(), 1U);
  EXPECT_TRUE(queue.is_over());
  queue.wait_for_job(std::chrono::hours(1));
}

}  // namespace
}  // namespace yuanyue
