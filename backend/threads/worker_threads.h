// Threads that work off one queue. Any thread may add.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <utility>
#include <vector>

#include "backend/threads/thread_group.h"

namespace yuanyue {

// `Job` moves without throwing. What an outside asks for is bounded; what the program itself has
// taken on already is not, and so is never refused.
template <class Job>
class WorkerThreads {
 public:
  // Returns when all threads run. Throws std::bad_alloc or std::system_error when one cannot be
  // had, and then none is left. `run` is called on them, several at a time, and must not throw.
  WorkerThreads(std::size_t threads, std::size_t max_waiting, std::function<void(Job)> run)
      : max_waiting_(max_waiting),
        run_(std::move(run)),
        threads_(threads, [this] { work(); }, [this] { close(); }) {}
  ~WorkerThreads() { stop(); }
  WorkerThreads(const WorkerThreads&) = delete;
  WorkerThreads& operator=(const WorkerThreads&) = delete;

  // False, and the job is as it was: too many wait, or it was stopped. Throws std::bad_alloc, and
  // then the job is as it was, too.
  bool add(Job& job) {
    return put([&] {
      if (is_closed_ || waiting_.size() >= max_waiting_) return false;
      waiting_.push_back(std::move(job));
      return true;
    });
  }
  // Before all others.
  void add_first(Job job) {
    put([&] {
      waiting_.push_front(std::move(job));
      return true;
    });
  }
  // Into a second queue; the two are taken from in turn, so that neither waits for the other.
  void add_aside(Job job) {
    put([&] {
      aside_.push_back(std::move(job));
      return true;
    });
  }

  // Takes no more by add(), waits until all that was accepted is done, and ends the threads. Again:
  // nothing. Not on one of them.
  void stop() {
    close();
    threads_.join();
  }

 private:
  template <class Put>
  bool put(const Put& put_in) {
    {
      const std::lock_guard lock(mutex_);
      if (!put_in()) return false;
    }
    arrived_.notify_one();
    return true;
  }

  void close() {
    {
      const std::lock_guard lock(mutex_);
      is_closed_ = true;
    }
    arrived_.notify_all();
  }

  // Requires mutex_ and that one waits.
  Job take() {
    const bool takes_aside = waiting_.empty() || (!aside_.empty() && aside_is_next_);
    aside_is_next_ = !takes_aside;
    std::deque<Job>& queue = takes_aside ? aside_ : waiting_;
    Job job = std::move(queue.front());
    queue.pop_front();
    return job;
  }

  void work() {
    std::unique_lock lock(mutex_);
    while (true) {
      arrived_.wait(lock, [&] { return is_closed_ || !waiting_.empty() || !aside_.empty(); });
      if (waiting_.empty() && aside_.empty()) return;
      {
        Job job = take();
        lock.unlock();
        run_(std::move(job));
      }
      lock.lock();
    }
  }

  const std::size_t max_waiting_;
  const std::function<void(Job)> run_;
  std::mutex mutex_;
  std::condition_variable arrived_;
  std::deque<Job> waiting_;
  std::deque<Job> aside_;
  bool aside_is_next_ = false;
  bool is_closed_ = false;
  ThreadGroup threads_;  // last: they use all the others
};

}  // namespace yuanyue
