#include "backend/threads/thread_group.h"

#include <atomic>
#include <cstddef>
#include <latch>
#include <memory>
#include <new>

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

ThreadGroup::ThreadGroup(std::size_t threads, const std::function<void()>& work,
                         const std::function<void()>& give_up) {
  std::latch ready(static_cast<std::ptrdiff_t>(threads));
  std::atomic<bool> all_have_heaps = true;
  try {
    threads_.reserve(threads);
    while (threads_.size() < threads) {
      threads_.emplace_back([&ready, &all_have_heaps, work] {
        if (!took_a_heap()) all_have_heaps = false;
        ready.count_down();
        work();
      });
    }
    ready.wait();
    if (!all_have_heaps) throw std::bad_alloc();
  } catch (...) {
    give_up();
    join();
    throw;
  }
}

void ThreadGroup::join() {
  for (std::thread& thread : threads_) thread.join();
  threads_.clear();
}

}  // namespace yuanyue
