#include "backend/engine_loop/change_hub.h"

#include <algorithm>

namespace yuanyue {

WaitResult ChangeHub::wait(const std::vector<std::string>& audiences, std::int64_t revision,
                           std::chrono::milliseconds timeout) {
  const auto has_changed = [&] {
    return std::ranges::any_of(audiences, [&](const std::string& audience) {
      const auto found = revisions_.find(audience);
      return found != revisions_.end() && found->second > revision;
    });
  };
  std::unique_lock lock(mutex_);
  if (has_changed()) return WaitResult::changed;
  if (stopping_) return WaitResult::stopping;
  if (timeout <= timeout.zero()) return WaitResult::timed_out;
  if (waiting_ >= max_waiting_) return WaitResult::too_many;
  ++waiting_;
  const bool woken = changed_.wait_for(lock, timeout, [&] { return stopping_ || has_changed(); });
  --waiting_;
  if (!woken) return WaitResult::timed_out;
  return stopping_ ? WaitResult::stopping : WaitResult::changed;
}

void ChangeHub::publish(const std::unordered_set<std::string>& audiences, std::int64_t revision) {
  {
    const std::lock_guard lock(mutex_);
    for (const std::string& audience : audiences) revisions_[audience] = revision;
  }
  changed_.notify_all();
}

void ChangeHub::end_session(std::string_view) {
  const std::lock_guard lock(mutex_);
  ++ends_;
}

void ChangeHub::end_user(const UserId&) {
  const std::lock_guard lock(mutex_);
  ++ends_;
}

std::uint64_t ChangeHub::ends() const {
  const std::lock_guard lock(mutex_);
  return ends_;
}

void ChangeHub::stop() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  changed_.notify_all();
}

std::size_t ChangeHub::waiting() const {
  const std::lock_guard lock(mutex_);
  return waiting_;
}

}  // namespace yuanyue
