// What has changed, told to whoever holds requests until it does. Any thread.
#pragma once

#include <cstdint>
#include <functional>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>

#include "core/people/ids.h"

namespace yuanyue {

// What came since it was last taken.
struct ChangeNews {
  std::unordered_map<std::string, std::int64_t> audiences;  // with the revision of the last change
  std::unordered_set<std::string> sessions;                 // that ended, by their token's hash
  std::unordered_set<std::string> users;                    // whose sessions ended
  bool everyone = false;  // it is not known who: whoever waits looks for himself
};

class ChangeHub {
 public:
  // After the commit.
  void publish(const std::unordered_set<std::string>& audiences, std::int64_t revision);
  // When it is not known who was touched up to this revision: whoever waits looks for himself.
  void publish_to_everyone(std::int64_t revision);

  // After a session, or sessions of a user, have ended: requests that are held for them are asked
  // again at once, and answered 401. Call it when `find` does not give the session any more.
  void end_session(std::string_view token_hash);
  void end_user(const UserId& user);

  // Whether one of the audiences has changed after `revision`.
  bool has_changed(const std::vector<std::string>& audiences, std::int64_t revision) const;
  // How often sessions have ended. A request that began before it grew may have seen one alive.
  std::uint64_t ends() const;

  // Calls `arrived` whenever news come and none waited; it may miss a call, so look now and then.
  // It must not call back. Empty: nobody listens, news are not kept; once this has returned the old
  // listener is not called any more.
  void listen(std::function<void()> arrived);
  bool has_news() const;
  ChangeNews take_news();

 private:
  template <class Note>
  void tell(const Note& note);

  mutable std::mutex mutex_;
  std::unordered_map<std::string, std::int64_t> revisions_;  // of the audience's last change
  std::int64_t everyones_revision_ = 0;                      // it is not known whose
  std::uint64_t ends_ = 0;
  ChangeNews news_;
  std::function<void()> arrived_;
};

}  // namespace yuanyue
