// Signing in and changing passwords: who is who, checked, counted and written down. Any thread;
// takes tens of milliseconds of hashing, so never call it from the engine's thread.
#pragma once

#include <cstdint>
#include <expected>
#include <string>
#include <string_view>

#include "backend/auth/known_devices.h"
#include "backend/auth/password.h"
#include "backend/auth/password_hasher.h"
#include "backend/auth/sessions.h"
#include "backend/auth/sign_in_guard.h"
#include "backend/engine_loop/directory.h"
#include "backend/store/auth_store.h"
#include "core/protocol/protocol.h"

namespace yuanyue {

struct AccountError {
  wire::ErrorCode code = wire::ErrorCode::internal;
  std::string message;
  std::int64_t retry_after_ms = 0;
};

// What a browser sends along when it signs in.
struct SignInFrom {
  std::string address;
  std::string device_cookie;
  std::string session_token;  // of the session it had so far; ends with the new one
};

struct SignedIn {
  Sessions::Created session;
  std::string device_cookie;  // to be kept by the browser
};

class Accounts {
 public:
  // Referents must outlive it.
  Accounts(AuthStore& store, Directory& directory, Sessions& sessions, SignInGuard& guard,
           KnownDevices& devices, PasswordHasher& hasher)
      : store_(store),
        directory_(directory),
        sessions_(sessions),
        guard_(guard),
        devices_(devices),
        hasher_(hasher) {}

  std::expected<SignedIn, AccountError> sign_in(std::string_view name, std::string_view password,
                                                const SignInFrom& from);
  // The session has ended in any case; the error says that a restart now would bring it back.
  std::expected<void, AccountError> sign_out(const Session& session, const std::string& address);
  // Ends all sessions of the user, and begins another in place of this one.
  std::expected<Sessions::Created, AccountError> change_password(const Session& session,
                                                                 std::string_view current_password,
                                                                 std::string_view new_password,
                                                                 const std::string& address);

 private:
  std::expected<void, AccountError> check_password(const Guess& guess, std::string_view stored_hash,
                                                   std::string_view password,
                                                   std::string_view user);
  std::expected<Sessions::Created, AccountError> start(const Sessions::Start& start);
  void note(std::string_view event, std::string_view user, const std::string& address) noexcept;

  AuthStore& store_;
  Directory& directory_;
  Sessions& sessions_;
  SignInGuard& guard_;
  KnownDevices& devices_;
  PasswordHasher& hasher_;
};

// The machine's clock, as far as it can be believed: see real_time.h.
std::int64_t machine_time_ms();

}  // namespace yuanyue
