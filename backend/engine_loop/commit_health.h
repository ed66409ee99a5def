// How commits go. While they fail the writer tries an empty one every second, and says so once in a
// while; when State may differ from the store, it is read anew before anything else is decided.
#pragma once

#include <atomic>
#include <exception>
#include <mutex>
#include <string>

#include "backend/store/store_result.h"
#include "core/base/time.h"

namespace yuanyue {

// How the last commit went.
struct EngineHealth {
  bool healthy = true;
  StoreFault fault = StoreFault::other;
  std::string message;
  Instant since;
};

// What notes something is for the writer's thread; times are the server clock's.
class CommitHealth {
 public:
  // Any thread.
  bool healthy() const { return healthy_; }  // the last commit went through
  EngineHealth report() const;

  void failed(const StoreError& error, Instant now);
  // What was decided halfway may stand in State: core knows no exceptions.
  void cut_short(const std::exception& failure, Instant now) noexcept;
  void succeeded(Instant now);

  // When to try again, while it is not healthy.
  Instant retry_at() const { return retry_at_; }
  bool is_time_to_retry(Instant now) const { return !healthy_ && now >= retry_at_; }
  void retry_later(Instant now);

  bool must_reload() const { return must_reload_; }  // State is not what the store has
  void reloaded() { must_reload_ = false; }

 private:
  void note(StoreFault fault, const std::string& message, Instant now);

  std::atomic<bool> healthy_ = true;
  mutable std::mutex mutex_;  // guards health_
  EngineHealth health_;

  // Writer thread only.
  Instant retry_at_;
  bool must_reload_ = false;
  Instant logged_at_{INT64_MIN};
  bool was_logged_ = false;
};

}  // namespace yuanyue
