// Whoever can write the file can change the ledger; what the chain and its head make of it.
#include "backend/store/ledger_chain.h"

#include <gtest/gtest.h>

#include "backend/store/sqlite.h"
#include "backend/store/sqlite_reader.h"
#include "backend/store/sqlite_stores.h"
#include "tests/backend/support/temp_folder.h"

namespace yuanyue {
namespace {

std::string entry_json(std::int64_t number) {
  return R"({"at":)" + std::to_string(1'000 * number) + R"(,"text":"第)" + std::to_string(number) +
         R"(条"})";
}

// Five entries in three commits.
class LedgerVerifyTest : public testing::Test {
 protected:
  void SetUp() override {
    const auto stores = open_sqlite_stores({path_, {}});
    ASSERT_TRUE(stores);
    std::int64_t number = 0;
    for (std::int64_t revision = 1; revision <= 3; ++revision) {
      CommitBatch batch;
      batch.revision = revision;
      for (int i = 0; i < (revision == 1 ? 1 : 2); ++i) {
        batch.ledger.push_back({entry_json(++number), {"administrators"}});
      }
      ASSERT_TRUE(stores->store->commit(batch));
    }
  }

  LedgerCheck check() {
    SqliteReader reader(path_);
    return verify_ledger(reader).value();
  }
  void run(const std::string& sql) {
    SqliteConnection(path_, SqliteAccess::read_write).execute(sql.c_str());
  }
  std::string hash_of(std::int64_t number) {
    SqliteConnection connection(path_, SqliteAccess::read_only);
    SqliteStatement found(connection, "SELECT hash FROM ledger WHERE number = ?1");
    return found.bind(1, number).step() ? std::string(found.text(0)) : std::string();
  }
  // Writes another text into an entry, with the hash that belongs to it; gives that hash.
  std::string rewrite(std::int64_t number, const std::string& json) {
    const std::string previous =
        number == 1 ? std::string(ledger_genesis_hash) : hash_of(number - 1);
    const std::string hash = ledger_hash(previous, json);
    run("UPDATE ledger SET json = '" + json + "', previous_hash = '" + previous + "', hash = '" +
        hash + "' WHERE number = " + std::to_string(number));
    return hash;
  }

  TempFolder folder_;
  std::string path_ = folder_.file("yuanyue.db");
};

TEST_F(LedgerVerifyTest, an_untouched_ledger_holds) {
  EXPECT_EQ(check().first_bad, 0);
  EXPECT_EQ(check().entries, 5);
  EXPECT_EQ(check().last_hash, hash_of(5));
}

TEST_F(LedgerVerifyTest, an_entry_rewritten_with_its_own_hash_is_betrayed_by_the_next) {
  for (std::int64_t number = 1; number <= 4; ++number) {
    const std::string before = hash_of(number);
    rewrite(number, R"({"at":1,"text":"forged"})");
    EXPECT_EQ(check().first_bad, number + 1);
    EXPECT_EQ(check().problem, "it does not follow from the entry before");
    EXPECT_EQ(rewrite(number, entry_json(number)), before);
    EXPECT_EQ(check().first_bad, 0);
  }
}

TEST_F(LedgerVerifyTest, the_last_entry_rewritten_with_its_own_hash_is_betrayed_by_the_head) {
  rewrite(5, R"({"at":1,"text":"forged"})");
  EXPECT_EQ(check().first_bad, 5);
  EXPECT_EQ(check().problem, "the last entry is not the one that was committed");
}

TEST_F(LedgerVerifyTest, a_chain_rewritten_to_its_end_is_betrayed_by_the_head) {
  rewrite(3, R"({"at":1,"text":"forged"})");
  rewrite(4, entry_json(4));
  rewrite(5, entry_json(5));
  EXPECT_EQ(check().first_bad, 5);
}

TEST_F(LedgerVerifyTest, a_text_without_its_hash_is_named_itself) {
  run("UPDATE ledger SET json = replace(json, '第3条', '第9条') WHERE number = 3");
  EXPECT_EQ(check().first_bad, 3);
  EXPECT_EQ(check().problem, "it was changed");
}

TEST_F(LedgerVerifyTest, another_writing_of_the_same_is_found) {
  rewrite(5, R"({"text":"第5条","at":5000})");
  EXPECT_EQ(check().first_bad, 5);
  EXPECT_EQ(check().problem, "its JSON is not canonical");
  rewrite(5, "[" + std::string(300'000, '[') + "]");
  EXPECT_EQ(check().problem, "it is longer than an entry can be");
}

TEST_F(LedgerVerifyTest, entries_that_are_missing_or_too_many_are_found) {
  run("CREATE TABLE kept AS SELECT * FROM ledger");
  for (std::int64_t number = 1; number <= 5; ++number) {
    run("DELETE FROM ledger WHERE number = " + std::to_string(number));
    EXPECT_EQ(check().first_bad, number);
    run("INSERT OR REPLACE INTO ledger SELECT * FROM kept");
  }
  run("INSERT INTO ledger VALUES (6, 3, '{}', '" + hash_of(5) + "', '" +
      ledger_hash(hash_of(5), "{}") + "', 0)");
  EXPECT_EQ(check().first_bad, 6);
  EXPECT_EQ(check().problem, "it was never committed");
}

}  // namespace
}  // namespace yuanyue
