// The ids that the store gave to names of audiences. Names are never taken away and keep their ids,
// so what was read or committed once holds for every later snapshot; a name that is not here may
// exist all the same. As many as enterprises and users that something was ever shown to.
#pragma once

#include <cstdint>
#include <mutex>
#include <optional>
#include <shared_mutex>
#include <string>
#include <unordered_map>

namespace yuanyue {

// Any thread.
class AudienceIds {
 public:
  std::optional<std::int64_t> find(const std::string& name) const {
    const std::shared_lock lock(mutex_);
    const auto known = ids_.find(name);
    if (known == ids_.end()) return std::nullopt;
    return known->second;
  }
  // Only what is committed.
  void add(const std::string& name, std::int64_t id) {
    const std::unique_lock lock(mutex_);
    ids_.emplace(name, id);
  }

 private:
  mutable std::shared_mutex mutex_;
  std::unordered_map<std::string, std::int64_t> ids_;
};

}  // namespace yuanyue
