#include "backend/auth/sessions.h"

#include <algorithm>
#include <array>
#include <mutex>
#include <utility>

#include <sodium.h>

#include "backend/log/log.h"
#include "backend/store/sha256.h"
#include "core/domains/codec.h"
#include "core/people/user.h"

namespace yuanyue {

namespace {

constexpr std::int64_t seen_written_every_ms = 5 * 60 * 1000;
constexpr std::size_t token_digits = 64;

std::string random_token() {
  std::array<unsigned char, token_digits / 2> bytes{};
  randombytes_buf(bytes.data(), bytes.size());
  std::array<char, token_digits + 1> hex{};
  sodium_bin2hex(hex.data(), hex.size(), bytes.data(), bytes.size());
  return hex.data();
}

SessionRecord record_of(const Session& session) {
  return {session.token_hash, to_string(session.user), session.csrf_token, session.created_ms,
          session.seen_ms};
}

bool may_sign_in(std::string_view user_row) {
  const auto row = wire::decode_row(user_row);
  const User* user = row ? row->get_if<User>() : nullptr;
  return user != nullptr && !user->disabled;
}

StoreResult<void> reported(StoreResult<void> written) {
  if (!written)
    log_event(LogLevel::warn, "session_not_kept", {{"message", written.error().message}});
  return written;
}

// What was to be written is asked again otherwise: telling of it is enough.
void report(StoreResult<void> written) {
  [[maybe_unused]] const auto told = reported(std::move(written));
}

}  // namespace

std::string token_hash_of(std::string_view token) { return sha256_hex(token); }

Sessions::Sessions(AuthStore& store, SessionLimits limits) : store_(store), limits_(limits) {}

void Sessions::when_ended(std::function<void(const std::string&)> told) { told_ = std::move(told); }

StoreResult<void> Sessions::load(std::int64_t now_ms) {
  // What is not erased has expired all the same: find() asks again.
  report(store_.erase_sessions_before(now_ms - limits_.absolute_ms, now_ms - limits_.idle_ms));
  const auto stored = store_.sessions();
  if (!stored) return std::unexpected(stored.error());
  const std::unique_lock lock(mutex_);
  for (const SessionRecord& record : *stored) {
    const auto user = parse_uuid(record.user);
    const auto credential = store_.credential(record.user);
    if (!credential) return std::unexpected(credential.error());
    if (!user || !credential->has_value()) continue;
    // A clock that ran ahead when it was written must not make it live longer.
    sessions_[record.token_hash] = {.user = UserId(*user),
                                    .token_hash = record.token_hash,
                                    .csrf_token = record.csrf_token,
                                    .must_change_password = (*credential)->must_change,
                                    .created_ms = std::min(record.created_ms, now_ms),
                                    .seen_ms = std::min(record.seen_ms, now_ms)};
  }
  return {};
}

std::vector<std::string> Sessions::ended_by(const Start& start) const {
  const std::shared_lock lock(mutex_);
  std::vector<std::string> ended;
  std::vector<std::pair<std::int64_t, std::string>> others;  // by last use
  for (const auto& [hash, session] : sessions_) {
    if (hash == start.replaced || (start.new_password && session.user == start.user)) {
      ended.push_back(hash);
    } else if (session.user == start.user) {
      others.emplace_back(session.seen_ms, hash);
    }
  }
  std::ranges::sort(others);
  const std::size_t kept = std::max<std::size_t>(1, limits_.per_user) - 1;  // beside the new one
  for (std::size_t i = 0; i + kept < others.size(); ++i) ended.push_back(others[i].second);
  return ended;
}

StoreResult<std::optional<Sessions::Created>> Sessions::start(const Start& start,
                                                              std::int64_t now_ms) {
  Created created;
  created.token = random_token();
  created.session = {.user = start.user,
                     .token_hash = token_hash_of(created.token),
                     .csrf_token = random_token(),
                     .must_change_password = start.must_change_password,
                     .created_ms = now_ms,
                     .seen_ms = now_ms};
  std::vector<std::string> ended;
  {
    const std::lock_guard starting(starting_);
    ended = ended_by(start);
    std::unordered_map<std::string, Session> ready;  // so that nothing can fail once it is stored
    ready.emplace(created.session.token_hash, created.session);
    {
      const std::unique_lock lock(mutex_);
      sessions_.reserve(sessions_.size() + 1);
    }
    const auto stored = store_.start_session({.session = record_of(created.session),
                                              .checked_hash = start.checked_hash,
                                              .user_key = wire::encode(AnyKey(start.user)),
                                              .may_sign_in = may_sign_in,
                                              .ended = ended,
                                              .new_password = start.new_password});
    if (!stored) return std::unexpected(stored.error());
    if (!*stored) return std::nullopt;
    const std::unique_lock lock(mutex_);
    for (const std::string& hash : ended) sessions_.erase(hash);
    sessions_.merge(ready);
  }
  for (const std::string& hash : ended) {
    // What waits in the name of the replaced one is of the browser that is just being answered.
    if (hash != start.replaced) tell(hash);
  }
  return created;
}

bool Sessions::has_expired(const Session& session, std::int64_t now_ms) const {
  return now_ms - session.seen_ms > limits_.idle_ms ||
         now_ms - session.created_ms > limits_.absolute_ms;
}

std::optional<Session> Sessions::find(std::string_view token, std::int64_t now_ms) {
  if (token.size() != token_digits) return std::nullopt;
  const std::string hash = token_hash_of(token);
  Session session;
  {
    const std::shared_lock lock(mutex_);
    const auto found = sessions_.find(hash);
    if (found == sessions_.end()) return std::nullopt;
    session = found->second;
  }
  if (has_expired(session, now_ms)) {
    [[maybe_unused]] const auto ended = end(hash);
    return std::nullopt;
  }
  if (now_ms - session.seen_ms > seen_written_every_ms) {
    {
      const std::unique_lock lock(mutex_);
      const auto found = sessions_.find(hash);
      if (found == sessions_.end()) return std::nullopt;
      found->second.seen_ms = now_ms;
      session.seen_ms = now_ms;
    }
    // Never an insertion: it may have ended meanwhile.
    report(store_.touch_session(hash, now_ms));
  }
  return session;
}

bool Sessions::is_live(const std::string& token_hash, std::int64_t now_ms) const {
  const std::shared_lock lock(mutex_);
  const auto found = sessions_.find(token_hash);
  return found != sessions_.end() && !has_expired(found->second, now_ms);
}

StoreResult<void> Sessions::end(const std::string& token_hash) {
  bool was_live = false;
  {
    const std::unique_lock lock(mutex_);
    unwritten_ends_.push_back(token_hash);
    was_live = sessions_.erase(token_hash) > 0;
  }
  if (was_live) tell(token_hash);
  auto erased = reported(store_.erase_session(token_hash));
  if (!erased) return erased;
  const std::unique_lock lock(mutex_);
  std::erase(unwritten_ends_, token_hash);
  return erased;
}

void Sessions::ended_in_store(const UserId& user) noexcept {
  const std::lock_guard starting(starting_);
  while (true) {
    std::string ended;
    {
      const std::unique_lock lock(mutex_);
      const auto found = std::ranges::find_if(
          sessions_, [&](const auto& entry) { return entry.second.user == user; });
      if (found == sessions_.end()) return;
      ended = std::move(found->second.token_hash);
      sessions_.erase(found);
    }
    tell(ended);
  }
}

void Sessions::keep_trying() {
  std::vector<std::string> unwritten;
  {
    const std::shared_lock lock(mutex_);
    unwritten = unwritten_ends_;
  }
  for (const std::string& hash : unwritten) {
    if (!store_.erase_session(hash)) return;  // the next one would fail as well
    const std::unique_lock lock(mutex_);
    std::erase(unwritten_ends_, hash);
  }
}

void Sessions::tell(const std::string& token_hash) const {
  if (told_) told_(token_hash);
}

}  // namespace yuanyue
