#include "backend/auth/accounts.h"

#include "backend/engine_loop/real_time.h"
#include "backend/log/log.h"

namespace yuanyue {

namespace {

AccountError unavailable() {
  return {wire::ErrorCode::unavailable, "The server is busy; try again.", 1'000};
}

// Names that nobody has are counted too, or the lock-out would tell who exists.
std::string account_name(const std::optional<User>& user, std::string_view typed) {
  if (user) return to_string(user->id);
  std::string name(typed.substr(0, 64));
  for (char& c : name) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return "unknown:" + name;
}

}  // namespace

std::int64_t machine_time_ms() {
  static RealTime time;
  return time.now().ms;
}

void Accounts::note(std::string_view event, std::string_view user, const std::string& address) {
  log_event(LogLevel::info, event, {{"user", user}, {"address", address}});
  const auto added =
      store_.add_auth_event({machine_time_ms(), std::string(event), std::string(user), address});
  if (!added)
    log_event(LogLevel::warn, "auth_event_not_kept", {{"message", added.error().message}});
}

std::expected<void, AccountError> Accounts::check_password(const std::string& account,
                                                           std::string_view stored_hash,
                                                           std::string_view password,
                                                           std::string_view user,
                                                           const std::string& address) {
  const std::int64_t wait_ms = guard_.begin(account, address, machine_time_ms());
  if (wait_ms > 0) {
    return std::unexpected(AccountError{wire::ErrorCode::locked_out,
                                        "Too many failed sign-ins; try again later.", wait_ms});
  }
  const auto matches = hasher_.verify(stored_hash, password);
  if (!matches) {
    guard_.abandoned(account);
    return std::unexpected(unavailable());
  }
  if (*matches) {
    guard_.succeeded(account, address);
    return {};
  }
  const bool locked = guard_.failed(account, address, machine_time_ms());
  note("sign_in_failed", user, address);
  if (locked) note("locked_out", user, address);
  return std::unexpected(
      AccountError{wire::ErrorCode::wrong_credentials, "The name or the password is wrong.", 0});
}

std::expected<Sessions::Created, AccountError> Accounts::sign_in(std::string_view name,
                                                                 std::string_view password,
                                                                 const std::string& address) {
  const std::optional<User> user = directory_.user_signing_in(name);
  std::optional<StoredCredential> credential;
  if (user && !user->disabled) {
    const auto stored = store_.reader()->credential(to_string(user->id));
    if (!stored) return std::unexpected(unavailable());
    credential = *stored;
  }
  const std::string user_id = user ? to_string(user->id) : std::string();
  const auto checked = check_password(account_name(user, name),
                                      credential ? credential->password_hash : std::string(),
                                      password, user_id, address);
  if (!checked) return std::unexpected(checked.error());
  auto created = sessions_.create(user->id, credential->must_change, machine_time_ms());
  if (!created) return std::unexpected(unavailable());
  note("signed_in", user_id, address);
  return std::move(*created);
}

void Accounts::sign_out(const Session& session, const std::string& address) {
  sessions_.end(session.token_hash);
  note("signed_out", to_string(session.user), address);
}

std::expected<void, AccountError> Accounts::change_password(const Session& session,
                                                            std::string_view current_password,
                                                            std::string_view new_password,
                                                            const std::string& address) {
  const std::string user_id = to_string(session.user);
  const std::optional<User> user = directory_.user(session.user);
  const auto stored = store_.reader()->credential(user_id);
  if (!user || !stored || !stored->has_value()) return std::unexpected(unavailable());

  const auto checked =
      check_password(user_id, (*stored)->password_hash, current_password, user_id, address);
  if (!checked) return checked;
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
  if (!store_.save_credential({user_id, *hash, false})) return std::unexpected(unavailable());
  sessions_.password_changed(session.token_hash);
  sessions_.end_all_of(session.user, session.token_hash);
  note("password_changed", user_id, address);
  return {};
}

}  // namespace yuanyue
