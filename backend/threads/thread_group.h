// Some threads that do the same, all of them or none.
#pragma once

#include <cstddef>
#include <functional>
#include <thread>
#include <vector>

namespace yuanyue {

class ThreadGroup {
 public:
  // Returns when each runs and has what memory it needs to begin. Throws std::bad_alloc or
  // std::system_error when one cannot be had; `give_up` has then told the others to return from
  // `work`, and they are gone.
  ThreadGroup(std::size_t threads, const std::function<void()>& work,
              const std::function<void()>& give_up);
  ~ThreadGroup() { join(); }
  ThreadGroup(const ThreadGroup&) = delete;
  ThreadGroup& operator=(const ThreadGroup&) = delete;

  // Waits until all have returned from `work`; one caller at a time.
  void join();

 private:
  std::vector<std::thread> threads_;
};

}  // namespace yuanyue
