#include "backend/engine_loop/job_queue.h"

#include <utility>

namespace yuanyue {

bool JobQueue::add(Job&& job) {
  {
    const std::lock_guard lock(mutex_);
    if (closed_ || jobs_.size() >= max_waiting_) return false;
    jobs_.push_back(std::move(job));
  }
  arrived_.notify_one();
  return true;
}

std::list<Job> JobQueue::take(std::size_t max_commands) noexcept {
  std::list<Job> taken;
  const std::lock_guard lock(mutex_);
  auto end = jobs_.begin();
  for (std::size_t commands = 0; end != jobs_.end(); ++end) {
    commands += commands_in(*end);
    if (end != jobs_.begin() && commands > max_commands) break;
  }
  taken.splice(taken.end(), jobs_, jobs_.begin(), end);
  return taken;
}

void JobQueue::put_back(std::list<Job>&& jobs) noexcept {
  const std::lock_guard lock(mutex_);
  jobs_.splice(jobs_.begin(), std::move(jobs));
}

void JobQueue::wait_for_job(std::chrono::milliseconds longest) {
  std::unique_lock lock(mutex_);
  arrived_.wait_for(lock, longest, [&] { return closed_ || !jobs_.empty(); });
}

void JobQueue::close() {
  {
    const std::lock_guard lock(mutex_);
    closed_ = true;
  }
  arrived_.notify_all();
}

bool JobQueue::is_over() const {
  const std::lock_guard lock(mutex_);
  return closed_ && jobs_.empty();
}

std::size_t JobQueue::size() const {
  const std::lock_guard lock(mutex_);
  return jobs_.size();
}

}  // namespace yuanyue
