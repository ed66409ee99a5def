#include "backend/store/sqlite_migrations.h"

#include <array>
#include <chrono>
#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include <sodium.h>

#include "backend/store/ledger_chain.h"
#include "backend/store/ledger_facts.h"
#include "backend/store/notes_migration.h"
#include "backend/store/refusal_migration.h"
#include "backend/store/sqlite_schema.h"
#include "backend/store/store.h"

namespace yuanyue {

namespace {

// Step i makes schema i + 2 of schema i + 1. Steps are never changed once they were released.
constexpr std::array<const char*, 6> steps = {
    "CREATE TABLE history ("
    "  number INTEGER PRIMARY KEY, at_ms INTEGER NOT NULL, event TEXT NOT NULL,"
    "  detail TEXT NOT NULL);",
    "CREATE TABLE audience_log ("
    "  audience INTEGER NOT NULL, revision INTEGER NOT NULL, is_entry INTEGER NOT NULL,"
    "  item INTEGER NOT NULL, deleted INTEGER NOT NULL,"
    "  PRIMARY KEY (audience, revision, is_entry, item)) WITHOUT ROWID;"
    "INSERT INTO audience_log SELECT audience, revision, 0, row, deleted FROM row_audience;"
    "INSERT INTO audience_log SELECT audience, revision, 1, number, 0 FROM ledger_audience;"
    "CREATE INDEX audience_log_tombstones ON audience_log (revision) WHERE deleted = 1;"
    "DROP TABLE row_audience;"
    "DROP TABLE ledger_audience;",
    // Nobody knows when they came: as of now.
    "ALTER TABLE clients RENAME TO old_clients;"
    "CREATE TABLE clients ("
    "  client TEXT PRIMARY KEY, user TEXT NOT NULL, last_sequence INTEGER NOT NULL,"
    "  seen_ms INTEGER NOT NULL) WITHOUT ROWID;"
    "INSERT INTO clients SELECT client, user, last_sequence,"
    "  (SELECT value FROM meta WHERE name = 'now_ms') FROM old_clients;"
    "DROP TABLE old_clients;",
    "INSERT INTO meta (name, value) VALUES ('row_form', 1);",
    // Which results were forgotten before is not known: as if it had been any.
    "CREATE INDEX audience_log_entries ON audience_log (item) WHERE is_entry = 1;"
    "CREATE TABLE archive ("
    "  number INTEGER PRIMARY KEY, kind TEXT NOT NULL, key TEXT NOT NULL, json TEXT NOT NULL,"
    "  finished_ms INTEGER NOT NULL, revision INTEGER NOT NULL);"
    "CREATE INDEX archive_by_key ON archive (kind, key);"
    "CREATE TABLE shelves ("
    "  id INTEGER PRIMARY KEY, audience INTEGER NOT NULL, kind TEXT NOT NULL,"
    "  service TEXT NOT NULL, UNIQUE (audience, kind, service));"
    "CREATE TABLE shelved ("
    "  shelf INTEGER NOT NULL, finished_ms INTEGER NOT NULL, number INTEGER NOT NULL,"
    "  PRIMARY KEY (shelf, finished_ms, number)) WITHOUT ROWID;"
    "ALTER TABLE ledger ADD COLUMN at_ms INTEGER NOT NULL DEFAULT 0;"
    "CREATE TABLE ledger_subjects ("
    "  subject TEXT NOT NULL, number INTEGER NOT NULL,"
    "  PRIMARY KEY (subject, number)) WITHOUT ROWID;"
    "INSERT INTO meta (name, value) VALUES ('archived_rows', 0),"
    "  ('greatest_forgotten_command', 'g');",
    // The results are written anew, too (refusal_migration.h).
    notes_migration_tables,
};
// After this step the ledger's entries are found by what they say of themselves.
constexpr int entries_have_subjects = 6;
constexpr int notes_are_beside_the_chain = 7;
constexpr int refusals_say_their_own = 7;
static_assert(steps.size() + 1 == sqlite_schema_version);

// As the engine would have said it with the entry. What cannot be read has none, and is as old as
// the ledger. A few at a time: the table is changed between.
void fill_ledger_subjects(SqliteConnection& connection) {
  constexpr std::size_t at_once = 1'000;
  SqliteStatement entries(connection,
                          "SELECT number, json FROM ledger WHERE number > ?1"
                          " ORDER BY number LIMIT ?2");
  SqliteStatement set_time(connection, "UPDATE ledger SET at_ms = ?2 WHERE number = ?1");
  SqliteStatement add_subject(
      connection, "INSERT OR IGNORE INTO ledger_subjects (subject, number) VALUES (?1, ?2)");
  std::int64_t last = 0;
  std::vector<std::pair<std::int64_t, LedgerFacts>> some;
  do {
    some.clear();
    entries.bind(1, last).bind(2, static_cast<std::int64_t>(at_once));
    while (entries.step()) some.emplace_back(entries.integer(0), ledger_facts(entries.text(1)));
    entries.reset();
    for (const auto& [number, facts] : some) {
      last = number;
      set_time.bind(1, number).bind(2, facts.at_ms).run();
      for (const std::string& subject : facts.subjects) {
        add_subject.bind(1, subject).bind(2, number).run();
      }
    }
  } while (some.size() == at_once);
}

void set_version(SqliteConnection& connection) {
  connection.execute(("PRAGMA user_version=" + std::to_string(sqlite_schema_version)).c_str());
}

void create(SqliteConnection& connection) {
  SqliteTransaction transaction(connection, "BEGIN IMMEDIATE");
  connection.execute(sqlite_schema);
  SqliteStatement meta(connection, "INSERT INTO meta (name, value) VALUES (?1, ?2)");
  meta.bind(1, "epoch").bind(2, random_epoch()).run();
  meta.bind(1, "ledger_hash").bind(2, ledger_genesis_hash).run();
  meta.bind(1, "ledger_start").bind(2, ledger_genesis_hash).run();
  meta.bind(1, "greatest_forgotten_command").bind(2, "").run();
  for (const char* name : {"revision", "now_ms", "oldest_revision", "ledger_entries",
                           "archived_rows", "row_form", "sweep_owed"}) {
    meta.bind(1, name).bind(2, std::int64_t{0}).run();
  }
  note_history(connection, "created", "schema " + std::to_string(sqlite_schema_version));
  set_version(connection);
  transaction.commit();
}

void migrate(SqliteConnection& connection, const std::string& path, int version) {
  keep_copy(connection, migration_copy_path(path, version));
  SqliteTransaction transaction(connection, "BEGIN IMMEDIATE");
  for (int from = version; from < sqlite_schema_version; ++from) {
    connection.execute(steps[static_cast<std::size_t>(from - 1)]);
    if (from + 1 == entries_have_subjects) fill_ledger_subjects(connection);
    if (from + 1 == notes_are_beside_the_chain) take_notes_out_of_chain(connection);
    if (from + 1 == refusals_say_their_own) bring_refusals_along(connection);
  }
  note_history(
      connection, "migrated",
      "schema " + std::to_string(version) + " to " + std::to_string(sqlite_schema_version));
  set_version(connection);
  transaction.commit();
}

}  // namespace

// A copy that was left unfinished by a crash is written anew; a whole one has its name.
void keep_copy(SqliteConnection& connection, const std::string& copy) {
  const std::string unfinished = copy + ".unfinished";
  std::error_code error;
  if (std::filesystem::exists(copy, error)) return;
  std::filesystem::remove(unfinished, error);
  SqliteStatement(connection, "VACUUM INTO ?1").bind(1, unfinished).run();
  std::filesystem::rename(unfinished, copy, error);
  if (error) throw SqliteError("the copy " + copy + " cannot be kept", StoreFault::failed_write);
}

void set_up_schema(SqliteConnection& connection, const std::string& path) {
  const int version = schema_version_of(connection);
  if (version == sqlite_schema_version) return;
  if (version > sqlite_schema_version) {
    throw SqliteError("it was written by a newer program (schema version " +
                          std::to_string(version) + ", this program knows " +
                          std::to_string(sqlite_schema_version) + ")",
                      StoreFault::other);
  }
  if (version == 0)
    create(connection);
  else
    migrate(connection, path, version);
}

int schema_version_of(SqliteConnection& connection) {
  SqliteStatement statement(connection, "PRAGMA user_version");
  const SqliteReset reset(statement);
  return statement.step() ? static_cast<int>(statement.integer(0)) : 0;
}

std::string migration_copy_path(const std::string& path, int version) {
  return path + ".schema-" + std::to_string(version);
}

std::string row_copy_path(const std::string& path, int row_form) {
  return path + "." + row_copy_name(row_form);
}

std::int64_t random_epoch() {
  std::int64_t epoch = 0;
  randombytes_buf(&epoch, sizeof epoch);
  return epoch & INT64_MAX;
}

void note_history(SqliteConnection& connection, std::string_view event, std::string_view detail) {
  using namespace std::chrono;
  const std::int64_t now_ms =
      duration_cast<milliseconds>(system_clock::now().time_since_epoch()).count();
  SqliteStatement(connection, "INSERT INTO history (at_ms, event, detail) VALUES (?1, ?2, ?3)")
      .bind(1, now_ms)
      .bind(2, event)
      .bind(3, detail)
      .run();
}

}  // namespace yuanyue
