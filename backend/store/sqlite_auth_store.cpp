#include "backend/store/sqlite_auth_store.h"

#include <utility>

#include "backend/store/sqlite_auth_tables.h"

namespace yuanyue {

namespace {

constexpr int auth_events_kept = 20'000;

bool still_holds(SqliteConnection& connection, const SessionStart& start) {
  SqliteStatement user(connection, "SELECT json FROM rows WHERE key = ?1");
  const SqliteReset reset_user(user);
  if (!user.bind(1, start.user_key).step() || !start.may_sign_in(user.text(0))) return false;
  SqliteStatement hash(connection, "SELECT password_hash FROM credentials WHERE user = ?1");
  const SqliteReset reset_hash(hash);
  return hash.bind(1, start.session.user).step() && hash.text(0) == start.checked_hash;
}

bool begin_session(SqliteConnection& connection, const SessionStart& start) {
  SqliteTransaction transaction(connection, "BEGIN IMMEDIATE");
  if (!still_holds(connection, start)) return false;
  if (start.new_password) put_credentials(connection, {*start.new_password});
  SqliteStatement erase(connection, "DELETE FROM sessions WHERE token_hash = ?1");
  for (const std::string& hash : start.ended) erase.bind(1, hash).run();
  const SessionRecord& session = start.session;
  SqliteStatement add(connection,
                      "INSERT INTO sessions (token_hash, user, csrf_token, created_ms, seen_ms)"
                      " VALUES (?1, ?2, ?3, ?4, ?5)");
  add.bind(1, session.token_hash).bind(2, session.user).bind(3, session.csrf_token);
  add.bind(4, session.created_ms).bind(5, session.seen_ms).run();
  transaction.commit();
  return true;
}

}  // namespace

SqliteAuthStore::SqliteAuthStore(std::shared_ptr<SqliteWriter> writer,
                                 std::shared_ptr<SqliteReaderPool> readers)
    : writer_(std::move(writer)), readers_(std::move(readers)) {}

// One statement, which is a transaction of its own. A template of this file only.
template <class Bind>
StoreResult<void> SqliteAuthStore::run(const char* sql, Bind bind) {
  return writer_->write([&](SqliteConnection& connection) {
    SqliteStatement statement(connection, sql);
    bind(statement);
    statement.run();
  });
}

StoreResult<std::optional<StoredCredential>> SqliteAuthStore::credential(std::string_view user) {
  const auto reader = readers_->lend();
  if (!reader) return std::unexpected(reader.error());
  return (*reader)->credential(user);
}

StoreResult<std::vector<SessionRecord>> SqliteAuthStore::sessions() {
  return writer_->read([](SqliteConnection& connection) {
    SqliteStatement rows(connection,
                         "SELECT token_hash, user, csrf_token, created_ms, seen_ms FROM sessions");
    std::vector<SessionRecord> sessions;
    while (rows.step()) {
      sessions.push_back({std::string(rows.text(0)), std::string(rows.text(1)),
                          std::string(rows.text(2)), rows.integer(3), rows.integer(4)});
    }
    return sessions;
  });
}

StoreResult<bool> SqliteAuthStore::start_session(const SessionStart& start) {
  return writer_->write(
      [&](SqliteConnection& connection) { return begin_session(connection, start); });
}

StoreResult<void> SqliteAuthStore::touch_session(std::string_view token_hash,
                                                 std::int64_t seen_ms) {
  return run("UPDATE sessions SET seen_ms = ?2 WHERE token_hash = ?1",
             [&](SqliteStatement& sql) { sql.bind(1, token_hash).bind(2, seen_ms); });
}

StoreResult<void> SqliteAuthStore::erase_session(std::string_view token_hash) {
  return run("DELETE FROM sessions WHERE token_hash = ?1",
             [&](SqliteStatement& sql) { sql.bind(1, token_hash); });
}

StoreResult<void> SqliteAuthStore::erase_sessions_before(std::int64_t created_ms,
                                                         std::int64_t seen_ms) {
  return run("DELETE FROM sessions WHERE created_ms < ?1 OR seen_ms < ?2",
             [&](SqliteStatement& sql) { sql.bind(1, created_ms).bind(2, seen_ms); });
}

StoreResult<std::vector<FailureRecord>> SqliteAuthStore::failures() {
  return writer_->read([](SqliteConnection& connection) {
    SqliteStatement rows(connection,
                         "SELECT subject, count, last_ms, locked_until_ms FROM failures");
    std::vector<FailureRecord> failures;
    while (rows.step()) {
      failures.push_back({std::string(rows.text(0)), static_cast<int>(rows.integer(1)),
                          rows.integer(2), rows.integer(3)});
    }
    return failures;
  });
}

StoreResult<void> SqliteAuthStore::save_failures(const std::vector<FailureRecord>& failures) {
  return writer_->write([&](SqliteConnection& connection) {
    SqliteTransaction transaction(connection, "BEGIN IMMEDIATE");
    SqliteStatement save(connection,
                         "INSERT INTO failures (subject, count, last_ms, locked_until_ms)"
                         " VALUES (?1, ?2, ?3, ?4) ON CONFLICT (subject) DO UPDATE SET"
                         " count = excluded.count, last_ms = excluded.last_ms,"
                         " locked_until_ms = excluded.locked_until_ms");
    SqliteStatement erase(connection, "DELETE FROM failures WHERE subject = ?1");
    for (const FailureRecord& failure : failures) {
      if (failure.count <= 0) {
        erase.bind(1, failure.subject).run();
        continue;
      }
      save.bind(1, failure.subject).bind(2, std::int64_t{failure.count});
      save.bind(3, failure.last_ms).bind(4, failure.locked_until_ms).run();
    }
    transaction.commit();
  });
}

StoreResult<void> SqliteAuthStore::erase_failures(const std::vector<std::string>& subjects) {
  return writer_->write([&](SqliteConnection& connection) {
    SqliteTransaction transaction(connection, "BEGIN IMMEDIATE");
    SqliteStatement erase(connection, "DELETE FROM failures WHERE subject = ?1");
    for (const std::string& subject : subjects) erase.bind(1, subject).run();
    transaction.commit();
  });
}

StoreResult<void> SqliteAuthStore::erase_failures_before(std::int64_t last_ms) {
  return run("DELETE FROM failures WHERE last_ms < ?1 AND locked_until_ms < ?1",
             [&](SqliteStatement& sql) { sql.bind(1, last_ms); });
}

StoreResult<std::string> SqliteAuthStore::secret(std::string_view name, std::string_view made) {
  return writer_->read([&](SqliteConnection& connection) {
    SqliteStatement find(connection, "SELECT value FROM meta WHERE name = ?1");
    const SqliteReset reset(find);
    if (find.bind(1, name).step()) return std::string(find.text(0));
    SqliteStatement(connection, "INSERT INTO meta (name, value) VALUES (?1, ?2)")
        .bind(1, name)
        .bind(2, made)
        .run();
    return std::string(made);
  });
}

StoreResult<void> SqliteAuthStore::add_auth_event(const AuthEvent& event) {
  const auto added = run(
      "INSERT INTO auth_events (at_ms, event, user, address) SELECT ?1, ?2, ?3, ?4 WHERE NOT EXISTS"
      " (SELECT 1 FROM ledger_subjects WHERE subject = 'erased:user:' || ?3)",
      [&](SqliteStatement& sql) {
        sql.bind(1, event.at_ms).bind(2, event.event);
        sql.bind(3, event.user).bind(4, event.address);
      });
  if (!added) return added;
  return run("DELETE FROM auth_events WHERE number <= (SELECT max(number) FROM auth_events) - ?1",
             [&](SqliteStatement& sql) { sql.bind(1, std::int64_t{auth_events_kept}); });
}

}  // namespace yuanyue
