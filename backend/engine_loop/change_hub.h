// Wakes long polls when something that they may see has been committed. Any thread.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "core/base/ids.h"

namespace yuanyue {

enum class WaitResult : std::uint8_t {
  changed,
  timed_out,
  too_many,  // the bound on waiting requests is reached: answer at once
  stopping,
};

class ChangeHub {
 public:
  explicit ChangeHub(std::size_t max_waiting) : max_waiting_(max_waiting) {}

  // Until one of the audiences has changed after `revision`.
  WaitResult wait(const std::vector<std::string>& audiences, std::int64_t revision,
                  std::chrono::milliseconds timeout);
  void publish(const std::unordered_set<std::string>& audiences, std::int64_t revision);
  // After a session, or sessions of a user, have ended: requests that are held for them are asked
  // again at once, and answered 401. Call it when the session is not found any more.
  void end_session(std::string_view token_hash);
  void end_user(const UserId& user);
  // How often sessions have ended. A request that began before it grew may have seen one alive.
  std::uint64_t ends() const;
  void stop();
  std::size_t waiting() const;

 private:
  const std::size_t max_waiting_;
  mutable std::mutex mutex_;
  std::condition_variable changed_;
  std::unordered_map<std::string, std::int64_t> revisions_;  // of the audience's last change
  std::uint64_t ends_ = 0;
  std::size_t waiting_ = 0;
  bool stopping_ = false;
};

}  // namespace yuanyue
