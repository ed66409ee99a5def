#include "backend/store/sqlite_erasing.h"

#include <cerrno>
#include <string>

namespace yuanyue {
namespace {

void run(SqliteConnection& connection, const char* sql, std::string_view text) {
  SqliteStatement(connection, sql).bind(1, text).run();
}

std::int64_t erase_archived(SqliteConnection& connection, std::string_view owner) {
  run(connection,
      "DELETE FROM shelved WHERE number IN (SELECT number FROM archive WHERE owner = ?1)", owner);
  run(connection, "DELETE FROM archive WHERE owner = ?1", owner);
  const std::int64_t rows = sqlite3_changes64(connection.handle());
  // Audience and owner have the same name.
  run(connection, "DELETE FROM shelves WHERE audience = (SELECT id FROM audiences WHERE name = ?1)",
      owner);
  return rows;
}

void erase_notes(SqliteConnection& connection, std::string_view owner) {
  run(connection,
      "DELETE FROM ledger_details WHERE number IN"
      " (SELECT number FROM details_owners WHERE owner = ?1)",
      owner);
  run(connection,
      "DELETE FROM details_owners WHERE number IN"
      " (SELECT number FROM details_owners WHERE owner = ?1)",
      owner);
}

// A command of a user whose result is gone is known by the ledger.
void erase_account(SqliteConnection& connection, std::string_view user) {
  run(connection,
      "UPDATE meta SET value = max(value, coalesce((SELECT max(command) FROM results"
      " WHERE user = ?1), '')) WHERE name = 'greatest_forgotten_command'",
      user);
  for (const char* sql :
       {"DELETE FROM results WHERE user = ?1", "DELETE FROM clients WHERE user = ?1",
        "DELETE FROM view_epochs WHERE user = ?1", "DELETE FROM credentials WHERE user = ?1",
        "DELETE FROM sessions WHERE user = ?1", "DELETE FROM auth_events WHERE user = ?1",
        "DELETE FROM failures WHERE instr(subject, ?1) > 0"}) {
    run(connection, sql, user);
  }
}

}  // namespace

void erase_owners(SqliteConnection& connection, const CommitBatch& batch, StoreHead& next) {
  for (const std::string& owner : batch.erased_owners) {
    next.archived_rows -= erase_archived(connection, owner);
    erase_notes(connection, owner);
    run(connection,
        "DELETE FROM audience_log WHERE audience = (SELECT id FROM audiences WHERE name = ?1)",
        owner);
    erase_account(connection, std::string_view(owner).substr(owner.find(':') + 1));
  }
  next.oldest_revision = batch.revision;
  next.sweep_owed = true;
  connection.execute(
      "DELETE FROM audience_log WHERE deleted = 1; DELETE FROM rows WHERE json = '';");
  SqliteStatement meta(connection, "UPDATE meta SET value = ?2 WHERE name = ?1");
  meta.bind(1, "archived_rows").bind(2, next.archived_rows).run();
  meta.bind(1, "oldest_revision").bind(2, next.oldest_revision).run();
  meta.bind(1, "sweep_owed").bind(2, std::int64_t{1}).run();
}

void sweep(SqliteConnection& connection) {
  connection.execute("VACUUM");
  errno = 0;
  const int code = sqlite3_wal_checkpoint_v2(connection.handle(), nullptr,
                                             SQLITE_CHECKPOINT_TRUNCATE, nullptr, nullptr);
  if (code != SQLITE_OK) throw SqliteError(connection.handle(), code);
  connection.execute("UPDATE meta SET value = 0 WHERE name = 'sweep_owed'");
}

}  // namespace yuanyue
