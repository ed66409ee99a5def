// The tasks that wait for the writer, in order. Any thread.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <list>
#include <mutex>

#include "backend/engine_loop/jobs.h"

namespace yuanyue {

class JobQueue {
 public:
  explicit JobQueue(std::size_t max_waiting) : max_waiting_(max_waiting) {}

  // False, and the job is still the caller's: too many wait, or the queue is closed. Throws
  // std::bad_alloc, and then it is the caller's as well.
  bool add(Job&& job);
  // Those that came first, with at most so many commands together, or the first one alone.
  std::list<Job> take(std::size_t max_commands) noexcept;
  // Before all that wait, however many these are.
  void put_back(std::list<Job>&& jobs) noexcept;
  // Until one waits or the queue is closed, at most this long.
  void wait_for_job(std::chrono::milliseconds longest);

  void close();  // what was accepted can still be taken
  bool is_over() const;
  std::size_t size() const;

 private:
  const std::size_t max_waiting_;
  mutable std::mutex mutex_;
  std::condition_variable arrived_;
  std::list<Job> jobs_;  // a list: taking and putting back need no memory
  bool closed_ = false;
};

}  // namespace yuanyue
