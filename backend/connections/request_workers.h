// The threads that run requests. Two queues are taken from in turn, so that a push does not wait
// behind thousands of pulls that one change has woken. Any thread.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

#include "backend/connections/request_handler.h"

namespace yuanyue {

class RequestWorkers {
 public:
  using Run = std::function<void(RequestJob)>;

  RequestWorkers(std::size_t threads, std::size_t max_waiting, Run run);
  ~RequestWorkers();  // finishes what waits
  RequestWorkers(const RequestWorkers&) = delete;
  RequestWorkers& operator=(const RequestWorkers&) = delete;

  // False, and the job is as it was: too many wait.
  bool add(RequestJob& job);
  // Not bounded here: whoever wakes bounds them.
  void add_woken(RequestJob job);
  // What was accepted before goes first and is not bounded.
  void add_resumed(RequestJob job);

 private:
  void end();
  void work();

  const std::size_t max_waiting_;
  const Run run_;
  std::mutex mutex_;
  std::condition_variable arrived_;
  std::deque<RequestJob> fresh_;
  std::deque<RequestJob> woken_;
  bool woken_is_next_ = false;
  bool ending_ = false;
  std::vector<std::thread> threads_;
};

}  // namespace yuanyue
