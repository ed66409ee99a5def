// Signing in and changing passwords: who is who, checked, counted and written down. Any thread;
// takes tens of milliseconds of hashing, so never call it from the engine's thread.
#pragma once

#include <cstdint>
#include <expected>
#include <string>
#include <string_view>

#include "backend/auth/password.h"
#include "backend/auth/sessions.h"
#include "backend/auth/sign_in_guard.h"
#include "backend/engine_loop/directory.h"
#include "core/wire/protocol.h"

namespace yuanyue {

struct AccountError {
  wire::ErrorCode code = wire::ErrorCode::internal;
  std::string message;
  std::int64_t retry_after_ms = 0;
};

class Accounts {
 public:
  // Referents must outlive it.
  Accounts(Store& store, Directory& directory, Sessions& sessions, SignInGuard& guard,
           PasswordHasher& hasher)
      : store_(store), directory_(directory), sessions_(sessions), guard_(guard), hasher_(hasher) {}

  std::expected<Sessions::Created, AccountError> sign_in(std::string_view name,
                                                         std::string_view password,
                                                         const std::string& address);
  void sign_out(const Session& session, const std::string& address);
  // Ends the user's other sessions.
  std::expected<void, AccountError> change_password(const Session& session,
                                                    std::string_view current_password,
                                                    std::string_view new_password,
                                                    const std::string& address);

 private:
  std::expected<void, AccountError> check_password(const std::string& account,
                                                   std::string_view stored_hash,
                                                   std::string_view password, std::string_view user,
                                                   const std::string& address);
  void note(std::string_view event, std::string_view user, const std::string& address);

  Store& store_;
  Directory& directory_;
  Sessions& sessions_;
  SignInGuard& guard_;
  PasswordHasher& hasher_;
};

// The machine's clock, as far as it can be believed: see real_time.h.
std::int64_t machine_time_ms();

}  // namespace yuanyue
