// Stores of every earlier schema open, with what was in them, and a copy is kept.
#include <filesystem>

#include <gtest/gtest.h>

#include "backend/store/data_folder.h"
#include "backend/store/ledger_chain.h"
#include "backend/store/sqlite.h"
#include "backend/store/sqlite_backup.h"
#include "backend/store/sqlite_migrations.h"
#include "backend/store/sqlite_schema.h"
#include "backend/store/sqlite_stores.h"
#include "core/appointments/kinds.h"
#include "core/domains/codec.h"
#include "core/protocol/protocol.h"
#include "tests/backend/support/temp_folder.h"
#include "tests/core/support/kinds.h"

namespace yuanyue {
namespace {

// As the program of schema 1 made it: never to be changed.
constexpr const char* schema_1 = R"sql(
CREATE TABLE meta (name TEXT PRIMARY KEY, value NOT NULL) WITHOUT ROWID;
CREATE TABLE audiences (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);
CREATE TABLE rows (
  id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, kind TEXT NOT NULL, json TEXT NOT NULL,
  revision INTEGER NOT NULL);
CREATE INDEX rows_erased ON rows (revision) WHERE json = '';
CREATE TABLE row_audience (
  audience INTEGER NOT NULL, revision INTEGER NOT NULL, row INTEGER NOT NULL,
  deleted INTEGER NOT NULL,
  PRIMARY KEY (audience, revision, row)) WITHOUT ROWID;
CREATE INDEX row_audience_tombstones ON row_audience (revision) WHERE deleted = 1;
CREATE TABLE ledger (
  number INTEGER PRIMARY KEY, revision INTEGER NOT NULL, json TEXT NOT NULL,
  previous_hash TEXT NOT NULL, hash TEXT NOT NULL);
CREATE TABLE ledger_audience (
  audience INTEGER NOT NULL, revision INTEGER NOT NULL, number INTEGER NOT NULL,
  PRIMARY KEY (audience, revision, number)) WITHOUT ROWID;
CREATE TABLE clients (
  client TEXT PRIMARY KEY, user TEXT NOT NULL, last_sequence INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE results (
  number INTEGER PRIMARY KEY, command TEXT NOT NULL UNIQUE, client TEXT NOT NULL,
  user TEXT NOT NULL, revision INTEGER NOT NULL, at_ms INTEGER NOT NULL, json TEXT NOT NULL);
CREATE INDEX results_by_revision ON results (revision, client);
CREATE TABLE view_epochs (user TEXT PRIMARY KEY, epoch INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE credentials (
  user TEXT PRIMARY KEY, password_hash TEXT NOT NULL, must_change INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE sessions (
  token_hash TEXT PRIMARY KEY, user TEXT NOT NULL, csrf_token TEXT NOT NULL,
  created_ms INTEGER NOT NULL, seen_ms INTEGER NOT NULL) WITHOUT ROWID;
CREATE INDEX sessions_by_user ON sessions (user);
CREATE TABLE failures (
  subject TEXT PRIMARY KEY, count INTEGER NOT NULL, last_ms INTEGER NOT NULL,
  locked_until_ms INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE auth_events (
  number INTEGER PRIMARY KEY, at_ms INTEGER NOT NULL, event TEXT NOT NULL, user TEXT NOT NULL,
  address TEXT NOT NULL);
)sql";

void make_store_of_schema_1(const std::string& path) {
  SqliteConnection connection(path, SqliteAccess::read_write);
  connection.execute("PRAGMA journal_mode=WAL");
  connection.execute(schema_1);
  const std::string hash = ledger_hash(ledger_genesis_hash, "{\"n\":1}");
  connection.execute((std::string("INSERT INTO meta VALUES ('epoch', 77), ('revision', 5),"
                                  " ('now_ms', 9000), ('oldest_revision', 0),"
                                  " ('ledger_entries', 1), ('ledger_hash', '") +
                      hash + "')")
                         .c_str());
  connection.execute((std::string("INSERT INTO ledger VALUES (1, 5, '{\"n\":1}', '") +
                      std::string(ledger_genesis_hash) + "', '" + hash + "')")
                         .c_str());
  connection.execute(
      "INSERT INTO audiences VALUES (1, 'everyone');"
      "INSERT INTO rows VALUES (1, 'a', 'booking', '{\"key\":\"a\"}', 5);"
      "INSERT INTO rows VALUES (2, 'b', 'booking', '{\"key\":\"b\"}', 4);"
      "INSERT INTO row_audience VALUES (1, 5, 1, 0);"
      "INSERT INTO row_audience VALUES (1, 4, 2, 1);"
      "INSERT INTO ledger_audience VALUES (1, 5, 1);"
      "INSERT INTO clients VALUES ('c1', 'u1', 3);"
      "INSERT INTO sessions VALUES ('t', 'u1', 'x', 1, 1);"
      "PRAGMA user_version=1");
}

int version_of(const std::string& path) {
  SqliteConnection connection(path, SqliteAccess::read_only);
  return schema_version_of(connection);
}

std::vector<std::string> names_in(const std::string& path, const char* sql) {
  SqliteConnection connection(path, SqliteAccess::read_only);
  SqliteStatement statement(connection, sql);
  std::vector<std::string> names;
  while (statement.step()) names.emplace_back(statement.text(0));
  return names;
}

class MigrationTest : public testing::Test {
 protected:
  TempFolder folder_;
  std::string path_ = folder_.file("yuanyue.db");
};

TEST_F(MigrationTest, a_store_of_schema_1_opens_with_what_was_in_it) {
  make_store_of_schema_1(path_);
  {
    const auto stores = open_sqlite_stores({path_, {}});
    ASSERT_TRUE(stores) << stores.error().message;
    EXPECT_EQ(stores->store->head().epoch, 77) << "replicas stay valid";
    EXPECT_EQ(stores->store->head().revision, 5);
    EXPECT_EQ(stores->auth->sessions()->size(), 1U) << "nobody is signed out";
    DeltaRequest request;
    request.audiences = {"everyone"};
    request.user = "u1";
    request.client = "c1";
    request.epoch = 77;
    request.revision = 3;
    const auto delta = stores->store->reader()->delta(request);
    EXPECT_EQ(delta->deletes, std::vector<std::string>{"b"}) << "its sight was lost";
    EXPECT_EQ(delta->ledger, std::vector<std::string>{"{\"n\":1}"});
    EXPECT_EQ(delta->rows, std::vector<std::string>{"{\"key\":\"a\"}"});
    EXPECT_EQ(delta->client->last_sequence, 3);
    const auto clients = stores->store->clients();
    ASSERT_EQ(clients->size(), 1U);
    EXPECT_EQ(clients->front().user, "u1");
    EXPECT_EQ(clients->front().seen_ms, 9'000) << "as if it came with the last commit";
    EXPECT_EQ(verify_ledger(*stores->store->reader())->entries, 1);
    CommitBatch next;
    next.revision = 6;
    EXPECT_TRUE(stores->store->commit(next));
  }
  EXPECT_EQ(version_of(path_), sqlite_schema_version);
  const std::string copy = migration_copy_path(path_, 1);
  ASSERT_TRUE(std::filesystem::exists(copy));
  EXPECT_EQ(version_of(copy), 1) << "the copy is as it was";
  EXPECT_EQ(names_in(copy, "SELECT json FROM rows").size(), 2U);
}

TEST_F(MigrationTest, old_ledger_entries_are_found_by_what_they_are_about) {
  LedgerEntry entry;
  entry.id = LedgerEntryId(Uuid{1, 1});
  entry.at = {5'000};
  entry.actor = UserId(Uuid{2, 2});
  entry.command = CommandId(Uuid{3, 3});
  const BookingId booking(Uuid{4, 4});
  entry.kind = {events::booking_made, {.booking = booking}};
  const std::string json = wire::encode(entry);
  make_store_of_schema_1(path_);
  {
    SqliteConnection old(path_, SqliteAccess::read_write);
    SqliteStatement(old, "UPDATE ledger SET json = ?1").bind(1, json).run();
  }
  const auto stores = open_sqlite_stores({path_, {}});
  ASSERT_TRUE(stores) << stores.error().message;
  EXPECT_EQ(names_in(path_, "SELECT subject FROM ledger_subjects ORDER BY subject"),
            (std::vector<std::string>{"booking:" + to_string(booking),
                                      "command:" + to_string(entry.command)}));
  const std::string command = to_string(entry.command);
  EXPECT_EQ(stores->store->named_commands({command})->at(command).entry, json)
      << "whatever results were forgotten before";
  ASSERT_TRUE(stores->store->prune(0, 1'000, 5'000));
  EXPECT_EQ(names_in(path_, "SELECT item FROM audience_log WHERE is_entry = 1").size(), 1U);
  ASSERT_TRUE(stores->store->prune(0, 1'000, 5'001));
  EXPECT_EQ(names_in(path_, "SELECT item FROM audience_log WHERE is_entry = 1").size(), 0U);
}

TEST_F(MigrationTest, old_refusals_say_only_their_own) {
  const std::string before =
      R"({"accepted":false,"id":"00000000-0000-0001-0000-000000000001","rejection":{)"
      R"("at":5,"block":{"date":"2026-11-25","service":"licence","start":"09:00"},)"
      R"("code":"past_cutoff","field":"","limit":0,"reason_name":"","ways":[{)"
      R"("booking":"00000000-0000-0001-0000-000000000002","free_seats":0,"kind":"view_booking"},)"
      R"({"free_seats":0,"kind":"refresh"}]},"revision":1,"seq":1})";
  make_store_of_schema_1(path_);
  {
    SqliteConnection old(path_, SqliteAccess::read_write);
    old.execute("DELETE FROM results");
    SqliteStatement(old,
                    "INSERT INTO results (command, client, user, revision, at_ms, json)"
                    " VALUES ('c', 'd', 'u', 1, 1, ?1)")
        .bind(1, before)
        .run();
  }
  ASSERT_TRUE(open_sqlite_stores({path_, {}}));
  const auto texts = names_in(path_, "SELECT json FROM results");
  ASSERT_EQ(texts.size(), 1U);
  const auto now = wire::decode_command_result(texts.front());
  ASSERT_TRUE(now) << now.error().path;
  EXPECT_EQ(wire::encode(*now), texts.front());
  EXPECT_EQ(now->rejection->code, refusals::past_cutoff);
  EXPECT_EQ(about(*now->rejection).at, Instant{5});
  EXPECT_EQ(now->rejection->ways.size(), 2U);
}

TEST_F(MigrationTest, a_copy_of_schema_1_is_checked_and_restored) {
  const std::string copy = folder_.file("copy.db");
  make_store_of_schema_1(copy);
  SqliteConnection(copy, SqliteAccess::read_write).execute("UPDATE rows SET json = ''");
  const auto checked = check_store(copy);
  ASSERT_TRUE(checked) << checked.error();
  EXPECT_EQ(checked->schema_version, 1);
  EXPECT_EQ(checked->ledger_entries, 1);
  const DataFolder data(folder_.file("data"));
  std::filesystem::create_directory(data.path());
  const auto restored = restore_store(data, copy);
  ASSERT_TRUE(restored) << restored.error();
  EXPECT_EQ(version_of(data.store_path()), sqlite_schema_version);
  EXPECT_EQ(names_in(data.store_path(), "SELECT name FROM audiences").size(), 1U);
}

// A column or index that a step forgot would otherwise show only in migrated stores.
TEST_F(MigrationTest, a_migrated_store_has_the_tables_of_a_new_one) {
  make_store_of_schema_1(path_);
  const std::string fresh = folder_.file("fresh.db");
  ASSERT_TRUE(open_sqlite_stores({path_, {}}));
  ASSERT_TRUE(open_sqlite_stores({fresh, {}}));
  const char* columns =
      "SELECT m.type || ' ' || m.name || ' ' || coalesce(c.name, '') || ' ' || coalesce(c.type, '')"
      " || ' ' || coalesce(c.pk, '') FROM sqlite_master AS m"
      " LEFT JOIN pragma_table_info(m.name) AS c ORDER BY 1";
  EXPECT_EQ(names_in(path_, columns), names_in(fresh, columns));
}

TEST_F(MigrationTest, a_copy_cut_short_by_a_crash_is_written_anew) {
  make_store_of_schema_1(path_);
  const std::string copy = migration_copy_path(path_, 1);
  SqliteConnection(copy + ".unfinished", SqliteAccess::read_write)
      .execute("CREATE TABLE rubbish (x)");
  ASSERT_TRUE(open_sqlite_stores({path_, {}}));
  EXPECT_EQ(version_of(copy), 1);
  EXPECT_FALSE(std::filesystem::exists(copy + ".unfinished"));
}

TEST_F(MigrationTest, a_migration_that_fails_leaves_the_old_store) {
  make_store_of_schema_1(path_);
  SqliteConnection(path_, SqliteAccess::read_write).execute("CREATE TABLE history (other)");
  ASSERT_FALSE(open_sqlite_stores({path_, {}}));
  EXPECT_EQ(version_of(path_), 1);
  SqliteConnection(path_, SqliteAccess::read_write).execute("DROP TABLE history");
  EXPECT_TRUE(open_sqlite_stores({path_, {}}));
}

}  // namespace
}  // namespace yuanyue
