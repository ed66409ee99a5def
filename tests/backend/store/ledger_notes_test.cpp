// Notes stand beside the chain: read back as they were written, checked, and gone without a trace
// in it when they are erased.
#include "backend/store/ledger_notes.h"

#include <gtest/gtest.h>

#include "backend/store/ledger_chain.h"
#include "backend/store/ledger_facts.h"
#include "backend/store/sqlite.h"
#include "backend/store/sqlite_migrations.h"
#include "backend/store/sqlite_reader.h"
#include "backend/store/sqlite_schema.h"
#include "backend/store/sqlite_stores.h"
#include "core/appointments/kinds.h"
#include "core/domains/codec.h"
#include "core/people/grants.h"
#include "core/people/kinds.h"
#include "tests/backend/support/temp_folder.h"

namespace yuanyue {
namespace {

const EnterpriseId alpha{Uuid{0xA, 1}};
const EnterpriseId beta{Uuid{0xA, 2}};
const UserId alice{Uuid{0xB, 1}};

LedgerEntry entry_of(const EnterpriseId& enterprise, std::uint64_t number, std::string note) {
  LedgerEntry entry;
  entry.id = LedgerEntryId(Uuid{1, number});
  entry.at = {static_cast<std::int64_t>(1'000 * number)};
  entry.actor = alice;
  entry.command = CommandId(Uuid{2, number});
  entry.kind = Event(events::booking_cancelled, {.booking = BookingId(Uuid{3, number})});
  entry.enterprise = enterprise;
  entry.note = std::move(note);
  return entry;
}

LedgerWrite write_of(const LedgerEntry& entry) {
  const LedgerFacts facts = ledger_facts(entry);
  return {wire::encode(entry), {"administrators"}, facts.at_ms, facts.subjects, facts.owners};
}

class LedgerNotesTest : public testing::Test {
 protected:
  void SetUp() override {
    stores_ = open_sqlite_stores({path_, {}}).value();
    CommitBatch batch;
    batch.revision = ++revision_;
    for (const LedgerEntry& entry : entries_) batch.ledger.push_back(write_of(entry));
    ASSERT_TRUE(stores_.store->commit(batch));
  }
  LedgerCheck check() { return verify_ledger(*stores_.store->reader()).value(); }
  std::vector<std::string> texts() {
    std::vector<std::string> found;
    EXPECT_TRUE(stores_.store->reader()->each_ledger_entry([&](const StoredLedgerEntry& entry) {
      found.push_back(entry.json);
      return true;
    }));
    return found;
  }
  std::string only_text(const char* sql) {
    SqliteConnection connection(path_, SqliteAccess::read_only);
    SqliteStatement statement(connection, sql);
    std::string all;
    while (statement.step()) all += std::string(statement.text(0)) + "\n";
    return all;
  }
  void run(const std::string& sql) {
    SqliteConnection(path_, SqliteAccess::read_write).execute(sql.c_str());
  }
  void erase(const Owner& owner) {
    CommitBatch batch;
    batch.revision = ++revision_;
    batch.erased_owners = {to_string(owner)};
    ASSERT_TRUE(stores_.store->commit(batch));
  }

  TempFolder folder_;
  std::string path_ = folder_.file("yuanyue.db");
  std::vector<LedgerEntry> entries_ = {entry_of(alpha, 1, "张三 \"生病\"，\\ 改日"),
                                       entry_of(alpha, 2, ""), entry_of(beta, 3, "出差")};
  Stores stores_;
  std::int64_t revision_ = 0;
};

TEST(LedgerNoteTextTest, are_found_where_json_has_them) {
  EXPECT_EQ(note_in(R"({"kind":"a","note":"b","offer":"c"})"), "b");
  EXPECT_EQ(note_in(R"({"kind":"\"note\":\"x","note":"a\"b\\"})"), R"(a\"b\\)");
  EXPECT_EQ(note_in(R"({"note":""})"), "");
  EXPECT_EQ(note_in(R"({"n":1})"), "");
  EXPECT_EQ(note_in(R"({"note":"cut \)"), R"(cut \)");
  EXPECT_EQ(with_note(R"({"note":"a","z":1})", "bc"), R"({"note":"bc","z":1})");
  EXPECT_EQ(with_note(R"({"note":"","z":1})", "bc"), R"({"note":"","z":1})");
}

TEST_F(LedgerNotesTest, are_read_as_they_were_written_and_stand_nowhere_in_the_chain) {
  const auto read = texts();
  ASSERT_EQ(read.size(), entries_.size());
  for (std::size_t i = 0; i < entries_.size(); ++i) EXPECT_EQ(read[i], wire::encode(entries_[i]));
  EXPECT_EQ(only_text("SELECT json FROM ledger").find("出差"), std::string::npos);
  EXPECT_EQ(check().first_bad, 0) << check().problem;
  EXPECT_EQ(only_text("SELECT count(*) FROM ledger_details"), "2\n") << "an empty one is none";
  // Equal notes do not look alike.
  EXPECT_NE(note_commitment("a", new_salt()), note_commitment("a", new_salt()));

  DeltaRequest request;
  request.audiences = {"administrators"};
  request.holds_nothing = true;
  EXPECT_EQ(stores_.store->reader()->delta(request)->ledger, read);
}

TEST_F(LedgerNotesTest, an_erased_one_leaves_an_empty_note_and_a_sound_chain) {
  const std::string hash = check().last_hash;
  erase(owner_of(alpha));
  const auto read = texts();
  LedgerEntry without = entries_[0];
  without.note.clear();
  EXPECT_EQ(read[0], wire::encode(without));
  EXPECT_EQ(read[2], wire::encode(entries_[2])) << "others lose nothing";
  EXPECT_EQ(check().first_bad, 0) << check().problem;
  EXPECT_EQ(check().last_hash, hash);
}

TEST_F(LedgerNotesTest, who_wrote_it_is_an_owner_too) {
  erase(owner_of(alice));
  EXPECT_EQ(only_text("SELECT count(*) FROM ledger_details"), "0\n");
  EXPECT_EQ(only_text("SELECT count(*) FROM details_owners"), "0\n");
  EXPECT_EQ(check().first_bad, 0) << check().problem;
}

TEST_F(LedgerNotesTest, what_is_changed_beside_the_chain_is_found) {
  run("UPDATE ledger_details SET note = 'x' WHERE number = 3");
  EXPECT_EQ(check().first_bad, 3);
  EXPECT_EQ(check().problem, "its note is not the one that was committed");
  run("UPDATE ledger_details SET note = '出差' WHERE number = 3");
  EXPECT_EQ(check().first_bad, 0);

  run("INSERT INTO ledger_details VALUES (2, '', 'x')");
  EXPECT_EQ(check().first_bad, 2) << "an entry without a note has none";
  run("DELETE FROM ledger_details WHERE number = 2");

  run("UPDATE ledger SET at_ms = 7 WHERE number = 2");
  EXPECT_EQ(check().first_bad, 2);
  EXPECT_EQ(check().problem, "it is filed under another time than its own");
  run("UPDATE ledger SET at_ms = 2000 WHERE number = 2");

  const std::string user = to_string(owner_of(alice));
  for (const std::string& change : std::vector<std::string>{
           "UPDATE details_owners SET owner = '" + to_string(owner_of(beta)) +
               "' WHERE number = 1 AND owner <> '" + user + "'",
           "INSERT INTO details_owners VALUES ('user:x', 1)",
           "DELETE FROM details_owners WHERE number = 1 AND owner = '" + user + "'"}) {
    run("CREATE TABLE kept AS SELECT * FROM details_owners");
    run(change);
    EXPECT_EQ(check().first_bad, 1) << change;
    EXPECT_EQ(check().problem, "its note is kept as somebody else's");
    run("DELETE FROM details_owners; INSERT INTO details_owners SELECT * FROM kept;"
        "DROP TABLE kept");
  }
  for (const char* stray : {"INSERT INTO ledger_details VALUES (9, 'x', 'y')",
                            "INSERT INTO details_owners VALUES ('user:x', 9)"}) {
    run(stray);
    EXPECT_EQ(check().first_bad, 9) << "beyond the end: " << stray;
    EXPECT_EQ(check().problem, "a note is kept that is no entry's");
    run("DELETE FROM ledger_details WHERE number = 9; DELETE FROM details_owners WHERE number = 9");
  }
  EXPECT_EQ(check().first_bad, 0);
}

// As the program of schema 6 left it: never to be changed.
constexpr const char* back_to_schema_6 =
    "DROP TABLE ledger_details; DROP TABLE details_owners; DROP TABLE ledger_before;"
    "DROP INDEX archive_by_owner; ALTER TABLE archive DROP COLUMN owner;"
    "DELETE FROM meta WHERE name IN ('ledger_start', 'sweep_owed');"
    "PRAGMA user_version = 6;";

class NotesMigrationTest : public testing::Test {
 protected:
  void make_store_of_schema_6() {
    ASSERT_TRUE(open_sqlite_stores({path_, {}}));
    SqliteConnection old(path_, SqliteAccess::read_write);
    old.execute(back_to_schema_6);
    std::string previous(ledger_genesis_hash);
    std::int64_t number = 0;
    SqliteStatement add(old, "INSERT INTO ledger VALUES (?1, 1, ?2, ?3, ?4, ?5)");
    for (const LedgerEntry& entry : entries_) {
      const std::string json = wire::encode(entry);
      const std::string hash = ledger_hash(previous, json);
      add.bind(1, ++number).bind(2, json).bind(3, previous).bind(4, hash).bind(5, entry.at.ms);
      add.run();
      old_hashes_.push_back(hash);
      previous = hash;
    }
    SqliteStatement meta(old, "UPDATE meta SET value = ?2 WHERE name = ?1");
    meta.bind(1, "ledger_entries").bind(2, number).run();
    meta.bind(1, "ledger_hash").bind(2, previous).run();
    old.execute(
        "INSERT INTO rows VALUES (7, 'k', 'user', '{\"id\":\"0f\",\"name\":\"alice\"}', 1);"
        "INSERT INTO archive VALUES (1, 'booking', 'b', '{\"enterprise\":\"e1\"}', 5, 1)");
  }
  std::vector<std::string> names(const char* sql) {
    SqliteConnection connection(path_, SqliteAccess::read_only);
    SqliteStatement statement(connection, sql);
    std::vector<std::string> found;
    while (statement.step()) found.emplace_back(statement.text(0));
    return found;
  }

  TempFolder folder_;
  std::string path_ = folder_.file("yuanyue.db");
  std::vector<LedgerEntry> entries_ = [] {
    std::vector<LedgerEntry> entries = {entry_of(alpha, 1, "生病"), entry_of(beta, 2, ""),
                                        entry_of(alpha, 3, "alice"), entry_of({}, 4, "台风")};
    entries[2].kind = Event(events::user_saved, {});
    return entries;
  }();
  std::vector<std::string> old_hashes_;
};

TEST_F(NotesMigrationTest, notes_leave_the_chain_of_an_old_store) {
  make_store_of_schema_6();
  {
    SqliteReader old(path_);
    EXPECT_EQ(verify_ledger(old)->first_bad, 0) << "it is read as it is, too";
    EXPECT_EQ(verify_ledger(old)->last_hash, old_hashes_.back());
  }
  const auto stores = open_sqlite_stores({path_, {}});
  ASSERT_TRUE(stores) << stores.error().message;
  const auto reader = stores->store->reader();
  const auto check = verify_ledger(*reader);
  EXPECT_EQ(check->first_bad, 0) << check->problem;
  EXPECT_EQ(check->entries, 4);
  EXPECT_EQ(stores->store->head().ledger_start, old_hashes_.back());
  std::size_t number = 0;
  ASSERT_TRUE(reader->each_ledger_entry([&](const StoredLedgerEntry& entry) {
    EXPECT_EQ(entry.json, wire::encode(entries_[number]));
    EXPECT_EQ(*reader->entry_of_hash(entry.hash), entry.number);
    EXPECT_EQ(*reader->entry_of_hash(old_hashes_[number]), entry.number) << "printed before";
    ++number;
    return true;
  }));
  EXPECT_EQ(*reader->entry_of_hash("0"), 0);
  EXPECT_EQ(names("SELECT owner || ' ' || number FROM details_owners ORDER BY number, owner"),
            (std::vector<std::string>{to_string(owner_of(alpha)) + " 1",
                                      to_string(owner_of(alice)) + " 1",
                                      to_string(owner_of(alpha)) + " 3", "user:0f 3"}))
      << "a user by the name that the account has";
  EXPECT_EQ(names("SELECT owner FROM archive"), std::vector<std::string>{"enterprise:e1"});
  const auto chain = names("SELECT json FROM ledger");
  for (const std::string& json : chain) EXPECT_EQ(json.find("生病"), std::string::npos);
}

TEST_F(NotesMigrationTest, a_broken_chain_stays_broken) {
  make_store_of_schema_6();
  SqliteConnection(path_, SqliteAccess::read_write)
      .execute("UPDATE ledger SET json = replace(json, '生病', '出差') WHERE number = 1");
  const auto stores = open_sqlite_stores({path_, {}});
  ASSERT_TRUE(stores);
  EXPECT_EQ(verify_ledger(*stores->store->reader())->first_bad, 1);
}

TEST_F(NotesMigrationTest, entries_that_were_missing_at_the_end_are_missed_on) {
  make_store_of_schema_6();
  SqliteConnection(path_, SqliteAccess::read_write).execute("DELETE FROM ledger WHERE number = 4");
  const auto stores = open_sqlite_stores({path_, {}});
  ASSERT_TRUE(stores);
  EXPECT_EQ(verify_ledger(*stores->store->reader())->first_bad, 4);
}

}  // namespace
}  // namespace yuanyue
