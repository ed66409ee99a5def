#include "backend/store/sqlite_auth.h"

namespace yuanyue {

namespace {

bool still_holds(SqliteConnection& connection, const SessionStart& start) {
  SqliteStatement user(connection, "SELECT json FROM rows WHERE key = ?1");
  const SqliteReset reset_user(user);
  if (!user.bind(1, start.user_key).step() || !start.may_sign_in(user.text(0))) return false;
  SqliteStatement hash(connection, "SELECT password_hash FROM credentials WHERE user = ?1");
  const SqliteReset reset_hash(hash);
  return hash.bind(1, start.session.user).step() && hash.text(0) == start.checked_hash;
}

}  // namespace

bool start_session(SqliteConnection& connection, const SessionStart& start) {
  SqliteTransaction transaction(connection, "BEGIN IMMEDIATE");
  if (!still_holds(connection, start)) return false;
  if (start.new_password) {
    SqliteStatement(connection, put_credential_sql)
        .bind(1, start.new_password->user)
        .bind(2, start.new_password->password_hash)
        .bind(3, std::int64_t{start.new_password->must_change ? 1 : 0})
        .run();
  }
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

void save_failures(SqliteConnection& connection, const std::vector<FailureRecord>& failures) {
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
}

void erase_failures(SqliteConnection& connection, const std::vector<std::string>& subjects) {
  SqliteTransaction transaction(connection, "BEGIN IMMEDIATE");
  SqliteStatement erase(connection, "DELETE FROM failures WHERE subject = ?1");
  for (const std::string& subject : subjects) erase.bind(1, subject).run();
  transaction.commit();
}

std::string own_secret(SqliteConnection& connection, std::string_view name, std::string_view made) {
  SqliteStatement find(connection, "SELECT value FROM meta WHERE name = ?1");
  const SqliteReset reset(find);
  if (find.bind(1, name).step()) return std::string(find.text(0));
  SqliteStatement(connection, "INSERT INTO meta (name, value) VALUES (?1, ?2)")
      .bind(1, name)
      .bind(2, made)
      .run();
  return std::string(made);
}

}  // namespace yuanyue
