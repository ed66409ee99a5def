#include "backend/auth/accounts.h"

#include <utility>

#include "backend/engine_loop/real_time.h"
#include "backend/log/log.h"

namespace yuanyue {

namespace {

// A password that is asked for while its user is signed in is counted apart from sign-ins: neither
// can somebody outside keep the user from changing it, nor does a slip here lock a sign-in.
constexpr const char* signed_in_device = "signed-in";

AccountError unavailable() {
  return {wire::ErrorCode::unavailable, "The server is busy; try again.", 1'000};
}

AccountError locked_out(std::int64_t wait_ms) {
  return {wire::ErrorCode::locked_out, "Too many failed sign-ins; try again later.", wait_ms};
}

AccountError wrong_credentials() {
  return {wire::ErrorCode::wrong_credentials, "The name or the password is wrong.", 0};
}

}  // namespace

std::int64_t machine_time_ms() {
  static RealTime time;
  return time.now().ms;
}

// What has happened has happened, whether or not it can be noted.
void Accounts::note(std::string_view event, std::string_view user,
                    const std::string& address) noexcept {
  try {
    log_event(LogLevel::info, event, {{"user", user}, {"address", address}});
    const auto added =
        store_.add_auth_event({machine_time_ms(), std::string(event), std::string(user), address});
    if (!added)
      log_event(LogLevel::warn, "auth_event_not_kept", {{"message", added.error().message}});
  } catch (const std::bad_alloc&) {
    log_event(LogLevel::error, "no_memory");
  }
}

std::expected<void, AccountError> Accounts::check_password(const Guess& guess,
                                                           std::string_view stored_hash,
                                                           std::string_view password,
                                                           std::string_view user) {
  // Asked before, so that who is locked out costs nothing, and with the turn, because what is under
  // way counts.
  if (const std::int64_t wait_ms = guard_.wait_ms(guess, machine_time_ms()); wait_ms > 0) {
    return std::unexpected(locked_out(wait_ms));
  }
  const auto turn = hasher_.take_turn();
  if (!turn) return std::unexpected(unavailable());
  auto attempt = guard_.begin(guess, machine_time_ms());
  if (!attempt) return std::unexpected(locked_out(attempt.error()));
  const auto matches = hasher_.verify(*turn, stored_hash, password);
  if (!matches) return std::unexpected(unavailable());
  if (*matches) {
    attempt->succeeded(machine_time_ms());
    return {};
  }
  const bool locked = attempt->failed(machine_time_ms());
  note("sign_in_failed", user, guess.address);
  if (locked) note("locked_out", user, guess.address);
  return std::unexpected(wrong_credentials());
}

std::expected<Sessions::Created, AccountError> Accounts::start(const Sessions::Start& start) {
  auto started = sessions_.start(start, machine_time_ms());
  if (!started) return std::unexpected(unavailable());
  if (!*started) return std::unexpected(wrong_credentials());  // replaced while it was checked
  return **std::move(started);
}

std::expected<SignedIn, AccountError> Accounts::sign_in(std::string_view name,
                                                        std::string_view password,
                                                        const SignInFrom& from) {
  const std::optional<User> user = directory_.user_signing_in(name);
  std::optional<StoredCredential> credential;
  if (user && !user->disabled) {
    const auto stored = store_.credential(to_string(user->id));
    if (!stored) return std::unexpected(unavailable());
    credential = *stored;
  }
  const std::string user_id = user ? to_string(user->id) : std::string();
  const Guess guess{
      .account = user ? user_id : unknown_account(name),
      .address = from.address,
      .device = user ? devices_.recognise(from.device_cookie, user->id, machine_time_ms())
                     : std::string()};
  const auto checked = check_password(guess, credential ? credential->password_hash : std::string(),
                                      password, user_id);
  if (!checked) return std::unexpected(checked.error());
  SignedIn signed_in;
  signed_in.device_cookie = devices_.remember(from.device_cookie, user->id, machine_time_ms());
  auto session =
      start({.user = user->id,
             .checked_hash = credential->password_hash,
             .must_change_password = credential->must_change,
             .replaced = from.session_token.empty() ? "" : token_hash_of(from.session_token),
             .new_password = {}});
  if (!session) return std::unexpected(session.error());
  signed_in.session = *std::move(session);
  note("signed_in", user_id, from.address);
  return signed_in;
}

std::expected<void, AccountError> Accounts::sign_out(const Session& session,
                                                     const std::string& address) {
  const auto ended = sessions_.end(session.token_hash);
  note("signed_out", to_string(session.user), address);
  if (ended) return {};
  return std::unexpected(AccountError{
      wire::ErrorCode::unavailable,
      "The session has ended, but this could not be saved yet; the server keeps trying.", 1'000});
}

std::expected<Sessions::Created, AccountError> Accounts::change_password(
    const Session& session, std::string_view current_password, std::string_view new_password,
    const std::string& address) {
  const std::string user_id = to_string(session.user);
  const std::optional<User> user = directory_.user(session.user);
  const auto stored = store_.credential(user_id);
  if (!user || !stored || !stored->has_value()) return std::unexpected(unavailable());

  const auto checked =
      check_password({.account = user_id, .address = address, .device = signed_in_device},
                     (*stored)->password_hash, current_password, user_id);
  if (!checked) return std::unexpected(checked.error());
  const auto weak = [](std::string sentence) {
    return std::unexpected(AccountError{wire::ErrorCode::weak_password, std::move(sentence), 0});
  };
  if (auto problem = password_problem(new_password, user->name, directory_.names_near(*user))) {
    return weak(*problem);
  }
  if (new_password == current_password) {
    return weak("The new password must differ from the present one.");
  }
  const auto hash = hasher_.hash(new_password);
  if (!hash) return std::unexpected(unavailable());
  auto renewed = start({.user = session.user,
                        .checked_hash = (*stored)->password_hash,
                        .must_change_password = false,
                        .replaced = session.token_hash,
                        .new_password = CredentialWrite{user_id, *hash, false}});
  if (renewed) note("password_changed", user_id, address);
  return renewed;
}

}  // namespace yuanyue
