// Who is signed in. Tokens are 32 random bytes that only the browser has; memory and store keep
// their SHA-256. Any thread. Times are the machine's, not the server clock that demos move.
//
// The end of a right is a barrier: a session begins only in the transaction that still finds the
// password that was checked and a user who may sign in; a commit that takes either away ends the
// user's sessions with it (CommitBatch::ended_users).
#pragma once

#include <cstdint>
#include <functional>
#include <mutex>
#include <optional>
#include <shared_mutex>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "backend/store/auth_store.h"
#include "core/people/ids.h"

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
  Sessions(AuthStore& store, SessionLimits limits);
  // Before there are other threads.
  StoreResult<void> load(std::int64_t now_ms);
  // Called with each session that has ended, so that whoever waits in its name is told. Any thread;
  // must neither throw nor call back. Set before there are other threads.
  void when_ended(std::function<void(const std::string& token_hash)> told);

  struct Start {
    UserId user;
    std::string checked_hash;  // the stored hash of the password that was checked
    bool must_change_password = false;
    std::string replaced;  // hash of the token whose session ends with it; may be empty
    // Stored with it, and ends all other sessions of the user.
    std::optional<CredentialWrite> new_password;
  };
  struct Created {
    std::string token;  // for the cookie
    Session session;
  };
  // nullopt: by now another password is set, or the user may not sign in.
  StoreResult<std::optional<Created>> start(const Start& start, std::int64_t now_ms);

  std::optional<Session> find(std::string_view token, std::int64_t now_ms);
  bool is_live(const std::string& token_hash, std::int64_t now_ms) const;

  // At once for everybody who asks. The error: a restart now would bring it back; the store is
  // asked again by keep_trying() until it has written the end down.
  StoreResult<void> end(const std::string& token_hash);
  // Of a user whose sessions a commit has ended in the store.
  void ended_in_store(const UserId& user) noexcept;
  void keep_trying();
  const SessionLimits& limits() const { return limits_; }

 private:
  bool has_expired(const Session& session, std::int64_t now_ms) const;
  std::vector<std::string> ended_by(const Start& start) const;
  void tell(const std::string& token_hash) const;

  AuthStore& store_;
  const SessionLimits limits_;
  std::function<void(const std::string&)> told_;
  // Held from the transaction that begins a session until memory has it, so that the end of all
  // sessions of its user comes before both or after both. Taken before mutex_.
  std::mutex starting_;
  mutable std::shared_mutex mutex_;
  std::unordered_map<std::string, Session> sessions_;  // by token hash
  std::vector<std::string> unwritten_ends_;            // token hashes
};

std::string token_hash_of(std::string_view token);

}  // namespace yuanyue
