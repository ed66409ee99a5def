// What is durable about signing in: sessions, failures, the store's own secrets, the log of events.
// Passwords too, but those that a commit of the engine sets come by CommitBatch::credentials, and
// sessions that it ends by CommitBatch::ended_users, in one transaction with the rows.
//
// Any thread; writes are serialised inside with the commits of Store. All times are the machine's,
// in milliseconds. Every call may fail with why the disk could not do it; then nothing was written.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "backend/store/credential.h"
#include "backend/store/store_result.h"

namespace yuanyue {

struct SessionRecord {
  std::string token_hash;  // hex; the token itself is nowhere on disk
  std::string user;
  std::string csrf_token;
  std::int64_t created_ms = 0;  // real time
  std::int64_t seen_ms = 0;
};

// A session that begins, if what it was asked for with still holds.
struct SessionStart {
  SessionRecord session;
  std::string checked_hash;  // the user's password hash, as it was checked
  std::string user_key;      // canonical JSON of the user's row key
  std::function<bool(std::string_view user_row)> may_sign_in;  // asked with the row as it is now
  std::vector<std::string> ended;  // token hashes of the sessions that end with it
  std::optional<CredentialWrite> new_password;
};

struct FailureRecord {
  std::string subject;  // see sign_in_guard.cpp
  int count = 0;        // 0: forgotten
  std::int64_t last_ms = 0;
  std::int64_t locked_until_ms = 0;
};

struct AuthEvent {
  std::int64_t at_ms = 0;
  std::string event;  // signed_in, sign_in_failed, locked_out, signed_out, password_changed …
  std::string user;   // id, or empty when unknown
  std::string address;
};

class AuthStore {
 public:
  AuthStore() = default;
  AuthStore(const AuthStore&) = delete;
  AuthStore& operator=(const AuthStore&) = delete;
  virtual ~AuthStore() = default;

  // As the last commit left it, without waiting for the one under way.
  virtual StoreResult<std::optional<StoredCredential>> credential(std::string_view user) = 0;

  virtual StoreResult<std::vector<SessionRecord>> sessions() = 0;
  // All of it in one transaction. False, and nothing is written: the user has another password by
  // now, or may not sign in.
  virtual StoreResult<bool> start_session(const SessionStart& start) = 0;
  // Of a session that is still there.
  virtual StoreResult<void> touch_session(std::string_view token_hash, std::int64_t seen_ms) = 0;
  virtual StoreResult<void> erase_session(std::string_view token_hash) = 0;
  virtual StoreResult<void> erase_sessions_before(std::int64_t created_ms,
                                                  std::int64_t seen_ms) = 0;
  virtual StoreResult<std::vector<FailureRecord>> failures() = 0;
  // In one transaction.
  virtual StoreResult<void> save_failures(const std::vector<FailureRecord>& failures) = 0;
  virtual StoreResult<void> erase_failures(const std::vector<std::string>& subjects) = 0;
  // Those whose last failure is older and whose lock is over by then (both real time).
  virtual StoreResult<void> erase_failures_before(std::int64_t last_ms) = 0;
  // The store's own secret of this name; `made` becomes it when there is none yet.
  virtual StoreResult<std::string> secret(std::string_view name, std::string_view made) = 0;
  // Of a user who was erased meanwhile nothing is kept.
  virtual StoreResult<void> add_auth_event(const AuthEvent& event) = 0;
};

}  // namespace yuanyue
