#include "backend/threads/worker_threads.h"

#include <atomic>
#include <chrono>
#include <future>
#include <semaphore>
#include <string>
#include <thread>

#include <gtest/gtest.h>

#include "tests/backend/support/failing_memory.h"

namespace yuanyue {
namespace {

// One thread that waits in each job until it is let go on; what it has done, in order.
class OneThread : public testing::Test {
 protected:
  using Workers = WorkerThreads<std::string>;

  void TearDown() override { let_go_on(); }

  // Returns when the thread has begun with the job.
  void keep_busy() {
    std::string job = "first";
    ASSERT_TRUE(workers_.add(job));
    begun_.acquire();
  }
  void let_go_on() { is_free_.open(); }

  void run(const std::string& job) {
    done_.push_back(job);
    if (done_.size() > 1) return;
    begun_.release();
    is_free_.wait();
  }

  // A gate that opens once.
  class Gate {
   public:
    void open() {
      if (!is_open_.exchange(true)) opened_.set_value();
    }
    void wait() const { future_.wait(); }

   private:
    std::atomic<bool> is_open_ = false;
    std::promise<void> opened_;
    std::shared_future<void> future_ = opened_.get_future().share();
  };

  std::binary_semaphore begun_{0};
  Gate is_free_;
  std::vector<std::string> done_;  // of the thread, until it has stopped
  Workers workers_{1, 2, [this](const std::string& job) { run(job); }};
};

TEST_F(OneThread, a_full_queue_refuses_and_leaves_the_job_as_it_was) {
  keep_busy();
  std::string second = "second";
  std::string third = "third";
  std::string fourth = "fourth";
  EXPECT_TRUE(workers_.add(second));
  EXPECT_TRUE(workers_.add(third));
  EXPECT_FALSE(workers_.add(fourth));
  EXPECT_EQ(fourth, "fourth");
  let_go_on();
  workers_.stop();
  EXPECT_EQ(done_, (std::vector<std::string>{"first", "second", "third"}));
}

TEST_F(OneThread, what_was_taken_on_before_is_not_refused_and_neither_queue_waits_for_the_other) {
  keep_busy();
  for (const char* job : {"a", "b"}) {
    std::string one = job;
    EXPECT_TRUE(workers_.add(one));
  }
  for (const char* job : {"aside 1", "aside 2", "aside 3"}) workers_.add_aside(job);
  workers_.add_first("resumed");
  let_go_on();
  workers_.stop();
  EXPECT_EQ(done_, (std::vector<std::string>{"first", "aside 1", "resumed", "aside 2", "a",
                                             "aside 3", "b"}));
}

TEST_F(OneThread, a_stop_waits_for_all_that_was_accepted_and_takes_no_more) {
  keep_busy();
  std::string second = "second";
  ASSERT_TRUE(workers_.add(second));
  std::atomic<bool> has_stopped = false;
  std::thread stopper([&] {
    workers_.stop();
    has_stopped = true;
  });
  std::this_thread::sleep_for(std::chrono::milliseconds(20));
  EXPECT_FALSE(has_stopped);
  let_go_on();
  stopper.join();
  EXPECT_EQ(done_, (std::vector<std::string>{"first", "second"}));
  std::string late = "late";
  EXPECT_FALSE(workers_.add(late));
  EXPECT_EQ(late, "late");
  workers_.stop();  // again: nothing
}

TEST(WorkerThreadsTest, several_threads_do_every_job_once) {
  std::atomic<int> sum = 0;
  {
    WorkerThreads<int> workers(4, 1'000, [&](int job) { sum += job; });
    for (int i = 1; i <= 1'000; ++i) {
      int job = i;
      while (!workers.add(job)) std::this_thread::yield();
    }
  }
  EXPECT_EQ(sum, 500'500);
}

// Whatever a thread needs and does not get: whoever wanted the threads is told, none is left.
TEST(WorkerThreadsTest, a_thread_that_cannot_be_had_is_told) {
  std::atomic<int> ran = 0;
  const long failed = with_each_allocation_failing(
      [&] {
        WorkerThreads<int> workers(3, 10, [&](int) { ++ran; });
        int job = 1;
        if (!workers.add(job)) throw std::bad_alloc();
      },
      [](long) {});
  EXPECT_GE(failed, 3) << "each thread";
  EXPECT_GE(ran, 1);
}

}  // namespace
}  // namespace yuanyue
