// Who is signed in. Tokens are 32 random bytes that only the browser has; memory and store keep
// their SHA-256. Any thread. Times are the machine's, not the server clock that demos move.
#pragma once

#include <cstdint>
#include <optional>
#include <shared_mutex>
#include <string>
#include <string_view>
#include <unordered_map>

#include "backend/store/store.h"
#include "core/base/ids.h"

namespace yuanyue {

struct SessionLimits {
  std::int64_t idle_ms = 12LL * 60 * 60 * 1000;
  std::int64_t absolute_ms = 7LL * 24 * 60 * 60 * 1000;
  std::size_t per_user = 20;  // beyond, the one unused longest ends
};

struct Session {
  UserId user;
  std::string token_hash;
  std::string csrf_token;
  bool must_change_password = false;
  std::int64_t created_ms = 0;
  std::int64_t seen_ms = 0;
};

class Sessions {
 public:
  Sessions(Store& store, SessionLimits limits);
  void load(std::int64_t now_ms);

  struct Created {
    std::string token;  // for the cookie
    Session session;
  };
  StoreResult<Created> create(const UserId& user, bool must_change_password, std::int64_t now_ms);
  std::optional<Session> find(std::string_view token, std::int64_t now_ms);
  void end(const std::string& token_hash);
  // `except` may be empty.
  void end_all_of(const UserId& user, std::string_view except);
  void password_changed(const std::string& token_hash);
  const SessionLimits& limits() const { return limits_; }

 private:
  bool has_expired(const Session& session, std::int64_t now_ms) const;
  void end_surplus(const UserId& user);

  Store& store_;
  const SessionLimits limits_;
  mutable std::shared_mutex mutex_;
  std::unordered_map<std::string, Session> sessions_;  // by token hash
};

}  // namespace yuanyue
