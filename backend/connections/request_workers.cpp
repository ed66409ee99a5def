#include "backend/connections/request_workers.h"

#include <atomic>
#include <cstddef>
#include <latch>
#include <new>
#include <utility>

namespace yuanyue {

namespace {

// glibc makes a thread's heap with its first allocation, and without one finds it no memory, though
// others have freed plenty. So that comes before memory may be short.
bool took_a_heap() {
  try {
    void* volatile some = ::operator new(64);
    ::operator delete(some);
    return true;
  } catch (const std::bad_alloc&) {
    return false;
  }
}

}  // namespace

RequestWorkers::RequestWorkers(std::size_t threads, std::size_t max_waiting, Run run)
    : max_waiting_(max_waiting), run_(std::move(run)) {
  std::latch ready(static_cast<std::ptrdiff_t>(threads));
  std::atomic<bool> all_have_heaps = true;
  try {
    threads_.reserve(threads);
    while (threads_.size() < threads) {
      threads_.emplace_back([&, this] {
        if (!took_a_heap()) all_have_heaps = false;
        ready.count_down();
        work();
      });
    }
    ready.wait();
    if (!all_have_heaps) throw std::bad_alloc();
  } catch (...) {
    end();
    throw;
  }
}

RequestWorkers::~RequestWorkers() { end(); }

void RequestWorkers::end() {
  {
    const std::lock_guard lock(mutex_);
    ending_ = true;
  }
  arrived_.notify_all();
  for (std::thread& thread : threads_) thread.join();
}

bool RequestWorkers::add(RequestJob& job) {
  {
    const std::lock_guard lock(mutex_);
    if (fresh_.size() >= max_waiting_) return false;
    fresh_.push_back(std::move(job));
  }
  arrived_.notify_one();
  return true;
}

void RequestWorkers::add_woken(RequestJob job) {
  {
    const std::lock_guard lock(mutex_);
    woken_.push_back(std::move(job));
  }
  arrived_.notify_one();
}

void RequestWorkers::add_resumed(RequestJob job) {
  {
    const std::lock_guard lock(mutex_);
    fresh_.push_front(std::move(job));
  }
  arrived_.notify_one();
}

void RequestWorkers::work() {
  while (true) {
    RequestJob job;
    {
      std::unique_lock lock(mutex_);
      arrived_.wait(lock, [&] { return ending_ || !fresh_.empty() || !woken_.empty(); });
      if (fresh_.empty() && woken_.empty()) return;
      const bool takes_woken = fresh_.empty() || (!woken_.empty() && woken_is_next_);
      woken_is_next_ = !takes_woken;
      std::deque<RequestJob>& queue = takes_woken ? woken_ : fresh_;
      job = std::move(queue.front());
      queue.pop_front();
    }
    run_(std::move(job));
  }
}

}  // namespace yuanyue
