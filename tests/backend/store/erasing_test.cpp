// What a commit erases of an owner beyond its rows, and what stays.
#include <fstream>
#include <iterator>

#include <gtest/gtest.h>

#include "backend/store/sqlite.h"
#include "backend/store/sqlite_stores.h"
#include "tests/backend/support/temp_folder.h"

namespace yuanyue {
namespace {

constexpr const char* gone = "enterprise:e1";
constexpr const char* user = "u1";

class ErasingTest : public testing::Test {
 protected:
  void SetUp() override {
    SqliteStoreOptions options{.path = path_};
    options.fail_at = [this](std::string_view step) { return step == failing_; };
    stores_ = open_sqlite_stores(options).value();
    CommitBatch batch = next();
    batch.rows = {archived("a", gone), archived("b", "enterprise:e2"), row("c", gone),
                  row("d", "enterprise:e2")};
    for (const char* each : {user, "u2"}) {
      const std::string id(each);
      batch.results.push_back({"command-" + id, "client-" + id, id, "{}"});
      batch.clients.push_back({"client-" + id, id, 1});
      batch.credentials.push_back({id, "hash", false});
      batch.view_epochs.push_back({id, 1});
    }
    ASSERT_TRUE(stores_.store->commit(batch));
    for (const char* each : {user, "u2"}) {
      const std::string id(each);
      SqliteConnection connection(path_, SqliteAccess::read_write);
      for (const char* sql : {"INSERT INTO sessions VALUES ('t-' || ?1, ?1, 'c', 1, 1)",
                              "INSERT INTO failures VALUES ('account:' || ?1, 1, 1, 1)",
                              "INSERT INTO failures VALUES ('here:' || ?1 || ' 10.0.0.1', 1, 1, 1)",
                              "INSERT INTO auth_events (at_ms, event, user, address)"
                              " VALUES (1, 'signed_in', ?1, '10.0.0.1')"}) {
        SqliteStatement(connection, sql).bind(1, id).run();
      }
    }
  }
  CommitBatch next() {
    CommitBatch batch;
    batch.revision = ++revision_;
    return batch;
  }
  static RowWrite row(const std::string& key, const std::string& owner) {
    return {"booking",
            key,
            "{\"secret\":\"电话 13800000000 of " + owner + "\"}",
            {owner, "administrators"},
            {}};
  }
  static RowWrite archived(const std::string& key, const std::string& owner) {
    RowWrite write = row(key, owner);
    write.archived = ArchiveWrite{100, "licence", owner};
    return write;
  }
  CommitBatch erasing() {
    CommitBatch batch = next();
    batch.rows = {{"booking", "c", "", {}, {gone, "administrators"}}};
    batch.ledger = {{"{\"n\":1}", {"administrators"}, 1, {"erased:" + std::string(gone)}}};
    batch.erased_owners = {gone, std::string("user:") + user};
    return batch;
  }
  std::int64_t count(const std::string& from) {
    SqliteConnection connection(path_, SqliteAccess::read_only);
    SqliteStatement statement(connection, ("SELECT count(*) FROM " + from).c_str());
    return statement.step() ? statement.integer(0) : -1;
  }
  // In the file or in the log beside it.
  bool is_on_disk(std::string_view text) const {
    for (const char* part : {"", "-wal"}) {
      std::ifstream file(path_ + part, std::ios::binary);
      const std::string bytes((std::istreambuf_iterator<char>(file)), {});
      if (bytes.find(text) != std::string::npos) return true;
    }
    return false;
  }

  TempFolder folder_;
  std::string path_ = folder_.file("yuanyue.db");
  std::string failing_ = "nothing";
  Stores stores_;
  std::int64_t revision_ = 0;
};

TEST_F(ErasingTest, nothing_of_the_owner_stays) {
  ASSERT_TRUE(stores_.store->commit(erasing()));
  EXPECT_EQ(stores_.store->head().archived_rows, 1);
  for (const char* left : {"archive", "rows", "credentials", "sessions", "clients", "results",
                           "view_epochs", "auth_events"}) {
    EXPECT_EQ(count(left), 1) << left << ": the other's";
  }
  EXPECT_EQ(count("failures"), 2);
  EXPECT_EQ(count("shelved"), 4) << "the other's, twice, and the administrators', twice";
  EXPECT_EQ(count("shelves WHERE audience = (SELECT id FROM audiences WHERE name = '" +
                  std::string(gone) + "')"),
            0);
  EXPECT_FALSE(*stores_.store->is_archived("booking", "a"));
  EXPECT_TRUE(*stores_.store->is_archived("booking", "b"));
  EXPECT_TRUE(*stores_.store->is_erased(gone));
  EXPECT_FALSE(*stores_.store->is_erased("enterprise:e2"));
}

// A sign-in may be under way that was checked before.
TEST_F(ErasingTest, nothing_is_noted_of_the_user_afterwards) {
  CommitBatch batch = next();
  batch.ledger = {{"{\"n\":1}", {}, 1, {"erased:user:" + std::string(user)}}};
  batch.erased_owners = {"user:" + std::string(user)};
  ASSERT_TRUE(stores_.store->commit(batch));
  ASSERT_TRUE(stores_.auth->add_auth_event({1, "sign_in_failed", user, "10.0.0.1"}));
  ASSERT_TRUE(stores_.auth->add_auth_event({1, "sign_in_failed", "u2", "10.0.0.1"}));
  ASSERT_TRUE(stores_.auth->add_auth_event({1, "sign_in_failed", "", "10.0.0.1"}));
  EXPECT_EQ(count("auth_events WHERE user = 'u1'"), 0);
  EXPECT_EQ(count("auth_events"), 3);
}

// Somebody whose result is gone sends a command again: the ledger knows it.
TEST_F(ErasingTest, commands_of_the_user_count_as_forgotten) {
  ASSERT_TRUE(stores_.store->commit(erasing()));
  EXPECT_EQ(count("meta WHERE name = 'greatest_forgotten_command' AND value = 'command-u1'"), 1);
}

TEST_F(ErasingTest, every_replica_begins_anew) {
  DeltaRequest request;
  request.audiences = {"administrators"};
  request.epoch = stores_.store->head().epoch;
  request.revision = revision_;
  ASSERT_TRUE(stores_.store->commit(erasing()));
  const auto delta = stores_.store->reader()->delta(request);
  EXPECT_TRUE(delta->complete);
  EXPECT_EQ(delta->rows.size(), 1U);
  request.revision = revision_;
  EXPECT_FALSE(stores_.store->reader()->delta(request)->complete) << "once";
}

TEST_F(ErasingTest, all_of_it_or_nothing) {
  for (const char* step : {"erase", "commit"}) {
    failing_ = step;
    EXPECT_FALSE(stores_.store->commit(erasing())) << step;
    failing_ = "nothing";
    EXPECT_EQ(count("archive"), 2);
    EXPECT_EQ(count("credentials"), 2);
    EXPECT_EQ(stores_.store->head().archived_rows, 2);
    EXPECT_FALSE(stores_.store->head().sweep_owed);
    EXPECT_FALSE(*stores_.store->is_erased(gone));
  }
}

TEST_F(ErasingTest, a_sweep_leaves_no_trace_on_the_disk) {
  const std::string secret = "电话 13800000000 of " + std::string(gone);
  ASSERT_TRUE(stores_.store->commit(erasing()));
  EXPECT_TRUE(is_on_disk(secret)) << "or there would be nothing to sweep";
  EXPECT_TRUE(stores_.store->head().sweep_owed);
  stores_ = {};
  stores_ = open_sqlite_stores({.path = path_}).value();
  EXPECT_TRUE(stores_.store->head().sweep_owed) << "whoever opens it next knows";
  ASSERT_TRUE(stores_.store->sweep());
  EXPECT_FALSE(stores_.store->head().sweep_owed);
  EXPECT_FALSE(is_on_disk(secret));
  EXPECT_TRUE(is_on_disk("电话 13800000000 of enterprise:e2"));
  stores_ = {};
  EXPECT_FALSE(open_sqlite_stores({.path = path_})->store->head().sweep_owed);
}

// Somebody reads a long time, a backup say: the log that makes the database shorter is put back
// after the sweep has given up, by a later commit.
TEST_F(ErasingTest, a_reader_in_the_way_of_a_sweep_stops_no_commit) {
  stores_ = {};
  stores_ = open_sqlite_stores({.path = path_, .checkpoint_pages = 8}).value();
  CommitBatch many = next();
  for (int i = 0; i < 2'000; ++i) many.rows.push_back(row("many-" + std::to_string(i), gone));
  ASSERT_TRUE(stores_.store->commit(many));
  CommitBatch erased = erasing();
  for (const RowWrite& write : many.rows) {
    erased.rows.push_back({"booking", write.key, "", {}, {gone, "administrators"}});
  }
  ASSERT_TRUE(stores_.store->commit(erased));
  {
    SqliteConnection reader(path_, SqliteAccess::read_only);
    reader.execute("BEGIN; SELECT count(*) FROM rows");
    EXPECT_FALSE(stores_.store->sweep());
    reader.execute("COMMIT");
  }
  for (const char* key : {"e", "f", "g"}) {
    CommitBatch batch = next();
    batch.rows = {row(key, "enterprise:e2")};
    const auto done = stores_.store->commit(batch);
    EXPECT_TRUE(done) << done.error().message;
  }
  EXPECT_TRUE(stores_.store->head().sweep_owed);
  ASSERT_TRUE(stores_.store->sweep());
  EXPECT_FALSE(stores_.store->head().sweep_owed);
}

}  // namespace
}  // namespace yuanyue
