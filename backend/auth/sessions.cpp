#include "backend/auth/sessions.h"

#include <array>
#include <mutex>
#include <vector>

#include <sodium.h>

#include "backend/log/log.h"
#include "backend/store/ledger_chain.h"

namespace yuanyue {

namespace {

constexpr std::int64_t seen_written_every_ms = 5 * 60 * 1000;

std::string random_token() {
  std::array<unsigned char, 32> bytes{};
  randombytes_buf(bytes.data(), bytes.size());
  std::array<char, 65> hex{};
  sodium_bin2hex(hex.data(), hex.size(), bytes.data(), bytes.size());
  return hex.data();
}

SessionRecord record_of(const Session& session) {
  return {session.token_hash, to_string(session.user), session.csrf_token, session.created_ms,
          session.seen_ms};
}

void report(const StoreResult<void>& written) {
  if (!written)
    log_event(LogLevel::warn, "session_not_kept", {{"message", written.error().message}});
}

}  // namespace

Sessions::Sessions(Store& store, SessionLimits limits) : store_(store), limits_(limits) {}

void Sessions::load(std::int64_t now_ms) {
  report(store_.erase_sessions_before(now_ms - limits_.absolute_ms, now_ms - limits_.idle_ms));
  const auto stored = store_.sessions();
  if (!stored) return;
  const auto reader = store_.reader();
  const std::unique_lock lock(mutex_);
  for (const SessionRecord& record : *stored) {
    const auto user = parse_uuid(record.user);
    const auto credential = reader->credential(record.user);
    if (!user || !credential || !credential->has_value()) continue;
    sessions_[record.token_hash] = {UserId(*user),     record.token_hash,
                                    record.csrf_token, (*credential)->must_change,
                                    record.created_ms, record.seen_ms};
  }
}

StoreResult<Sessions::Created> Sessions::create(const UserId& user, bool must_change_password,
                                                std::int64_t now_ms) {
  Created created;
  created.token = random_token();
  created.session = {user,  sha256_hex(created.token), random_token(), must_change_password, now_ms,
                     now_ms};
  const auto saved = store_.save_session(record_of(created.session));
  if (!saved) return std::unexpected(saved.error());
  {
    const std::unique_lock lock(mutex_);
    sessions_[created.session.token_hash] = created.session;
  }
  end_surplus(user);
  return created;
}

bool Sessions::has_expired(const Session& session, std::int64_t now_ms) const {
  return now_ms - session.seen_ms > limits_.idle_ms ||
         now_ms - session.created_ms > limits_.absolute_ms;
}

std::optional<Session> Sessions::find(std::string_view token, std::int64_t now_ms) {
  if (token.size() != 64) return std::nullopt;
  const std::string hash = sha256_hex(token);
  Session session;
  {
    const std::shared_lock lock(mutex_);
    const auto found = sessions_.find(hash);
    if (found == sessions_.end()) return std::nullopt;
    session = found->second;
  }
  if (has_expired(session, now_ms)) {
    end(hash);
    return std::nullopt;
  }
  if (now_ms - session.seen_ms > seen_written_every_ms) {
    {
      const std::unique_lock lock(mutex_);
      const auto found = sessions_.find(hash);
      if (found == sessions_.end()) return std::nullopt;
      found->second.seen_ms = now_ms;
      session = found->second;
    }
    report(store_.save_session(record_of(session)));
  }
  return session;
}

void Sessions::end(const std::string& token_hash) {
  {
    const std::unique_lock lock(mutex_);
    sessions_.erase(token_hash);
  }
  report(store_.erase_session(token_hash));
}

void Sessions::end_all_of(const UserId& user, std::string_view except) {
  std::vector<std::string> ended;
  {
    const std::unique_lock lock(mutex_);
    std::erase_if(sessions_, [&](const auto& entry) {
      if (entry.second.user != user || entry.first == except) return false;
      ended.push_back(entry.first);
      return true;
    });
  }
  for (const std::string& hash : ended) report(store_.erase_session(hash));
}

void Sessions::end_surplus(const UserId& user) {
  std::string oldest;
  {
    const std::shared_lock lock(mutex_);
    std::size_t count = 0;
    std::int64_t oldest_ms = INT64_MAX;
    for (const auto& [hash, session] : sessions_) {
      if (session.user != user) continue;
      ++count;
      if (session.seen_ms < oldest_ms) {
        oldest_ms = session.seen_ms;
        oldest = hash;
      }
    }
    if (count <= limits_.per_user) return;
  }
  end(oldest);
}

void Sessions::password_changed(const std::string& token_hash) {
  const std::unique_lock lock(mutex_);
  const auto found = sessions_.find(token_hash);
  if (found != sessions_.end()) found->second.must_change_password = false;
}

}  // namespace yuanyue
