#include "backend/store/sqlite_erasing.h"

#include <cerrno>
#include <string>

#include <nlohmann/json.hpp>

namespace yuanyue {
namespace {

void run(SqliteConnection& connection, const char* sql, std::string_view text) {
  SqliteStatement(connection, sql).bind(1, text).run();
}

// Of all owners at once, because places and notes are found by no index of their owners: ?1 is a
// JSON list.
std::int64_t erase_archived(SqliteConnection& connection, std::string_view owners) {
  SqliteStatement count(connection,
                        "SELECT count(*) FROM archive WHERE owner <> ''"
                        " AND owner IN (SELECT value FROM json_each(?1))");
  count.bind(1, owners).step();
  const std::int64_t rows = count.integer(0);
  count.reset();
  if (rows != 0) {
    run(connection,
        "DELETE FROM shelved WHERE number IN (SELECT number FROM archive WHERE owner <> ''"
        " AND owner IN (SELECT value FROM json_each(?1)))",
        owners);
    run(connection,
        "DELETE FROM archive WHERE owner <> '' AND owner IN (SELECT value FROM json_each(?1))",
        owners);
  }
  // Audience and owner have the same name.
  run(connection,
      "DELETE FROM shelved WHERE shelf IN (SELECT id FROM shelves WHERE audience IN"
      " (SELECT id FROM audiences WHERE name IN (SELECT value FROM json_each(?1))))",
      owners);
  run(connection,
      "DELETE FROM shelves WHERE audience IN"
      " (SELECT id FROM audiences WHERE name IN (SELECT value FROM json_each(?1)))",
      owners);
  return rows;
}

void erase_notes(SqliteConnection& connection, std::string_view owners) {
  run(connection,
      "DELETE FROM ledger_details WHERE number IN (SELECT number FROM details_owners"
      " WHERE owner IN (SELECT value FROM json_each(?1)))",
      owners);
  run(connection,
      "DELETE FROM details_owners WHERE number IN (SELECT number FROM details_owners"
      " WHERE owner IN (SELECT value FROM json_each(?1)))",
      owners);
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
  const std::string owners = nlohmann::json(batch.erased_owners).dump();
  next.archived_rows -= erase_archived(connection, owners);
  erase_notes(connection, owners);
  for (const std::string& owner : batch.erased_owners) {
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

namespace {

// What VACUUM writes anew would fill the memory with as much as the store holds.
class ScratchOnDisk {
 public:
  explicit ScratchOnDisk(SqliteConnection& connection) : connection_(connection) {
    connection.execute("PRAGMA temp_store=FILE");
  }
  ScratchOnDisk(const ScratchOnDisk&) = delete;
  ScratchOnDisk& operator=(const ScratchOnDisk&) = delete;
  ~ScratchOnDisk() {
    sqlite3_exec(connection_.handle(), "PRAGMA temp_store=MEMORY", nullptr, nullptr, nullptr);
  }

 private:
  SqliteConnection& connection_;
};

}  // namespace

void sweep(SqliteConnection& connection) {
  {
    const ScratchOnDisk scratch(connection);
    connection.execute("VACUUM");
  }
  errno = 0;
  const int code = sqlite3_wal_checkpoint_v2(connection.handle(), nullptr,
                                             SQLITE_CHECKPOINT_TRUNCATE, nullptr, nullptr);
  if (code != SQLITE_OK) throw SqliteError(connection.handle(), code);
  connection.execute("UPDATE meta SET value = 0 WHERE name = 'sweep_owed'");
}

}  // namespace yuanyue
