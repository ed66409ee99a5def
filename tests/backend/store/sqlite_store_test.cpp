#include <algorithm>
#include <set>
#include <thread>

#include <gtest/gtest.h>

#include "backend/store/data_folder.h"
#include "backend/store/ledger_chain.h"
#include "backend/store/sha256.h"
#include "backend/store/sqlite.h"
#include "backend/store/sqlite_stores.h"
#include "tests/backend/support/temp_folder.h"

namespace yuanyue {
namespace {

using Names = std::vector<std::string>;

class SqliteStoreTest : public testing::Test {
 protected:
  void SetUp() override { open(); }

  void open() {
    store_.reset();
    auth_.reset();
    auto opened = open_sqlite_stores(
        {folder_.file("yuanyue.db"), [this](std::string_view step) { return step == failing_; }});
    ASSERT_TRUE(opened) << opened.error().message;
    store_ = std::move(opened->store);
    auth_ = std::move(opened->auth);
  }

  CommitBatch batch(std::int64_t revision) {
    CommitBatch batch;
    batch.revision = revision;
    batch.now_ms = 1'000 * revision;
    return batch;
  }
  void commit(const CommitBatch& batch) {
    const auto done = store_->commit(batch);
    ASSERT_TRUE(done) << done.error().message;
  }
  void put(std::int64_t revision, const std::string& key, Names audiences, Names lost = {}) {
    CommitBatch one = batch(revision);
    one.rows.push_back(
        {"booking", key, "{\"key\":\"" + key + "\"}", std::move(audiences), std::move(lost)});
    commit(one);
  }

  DeltaRequest request(Names audiences, std::int64_t revision) {
    DeltaRequest request;
    request.audiences = std::move(audiences);
    request.user = "u1";
    request.client = "c1";
    request.epoch = store_->head().epoch;
    request.revision = revision;
    return request;
  }
  Delta delta(const DeltaRequest& request) {
    auto read = store_->reader()->delta(request);
    EXPECT_TRUE(read);
    return read ? *read : Delta{};
  }

  // Everything that is in the file, as text.
  Names content() {
    SqliteConnection connection(folder_.file("yuanyue.db"), SqliteAccess::read_only);
    Names tables;
    SqliteStatement list(connection, "SELECT name FROM sqlite_master WHERE type = 'table'");
    while (list.step()) tables.emplace_back(list.text(0));
    Names lines;
    for (const std::string& table : tables) {
      SqliteStatement rows(connection, ("SELECT * FROM " + table).c_str());
      while (rows.step()) {
        std::string line = table;
        for (int column = 0; column < rows.column_count(); ++column) {
          line += "|" + std::string(rows.text(column));
        }
        lines.push_back(std::move(line));
      }
    }
    return lines;
  }

  TempFolder folder_;
  std::string failing_;
  std::unique_ptr<Store> store_;
  std::unique_ptr<AuthStore> auth_;
};

TEST_F(SqliteStoreTest, a_new_store_is_empty_and_keeps_its_epoch) {
  const StoreHead head = store_->head();
  EXPECT_EQ(head.revision, 0);
  EXPECT_EQ(head.ledger_entries, 0);
  EXPECT_NE(head.epoch, 0);
  open();
  EXPECT_EQ(store_->head().epoch, head.epoch);
}

TEST_F(SqliteStoreTest, a_delta_has_what_changed_since_and_only_what_the_audiences_see) {
  put(1, "a", {"everyone"});
  put(2, "b", {"enterprise:1", "administrators"});
  put(3, "c", {"enterprise:2", "administrators"});
  EXPECT_EQ(delta(request({"everyone", "enterprise:1"}, 0)).rows,
            (Names{"{\"key\":\"a\"}", "{\"key\":\"b\"}"}));
  EXPECT_EQ(delta(request({"everyone", "enterprise:1"}, 1)).rows, Names{"{\"key\":\"b\"}"});
  EXPECT_TRUE(delta(request({"everyone", "enterprise:1"}, 3)).rows.empty());
  EXPECT_EQ(delta(request({"enterprise:2", "administrators"}, 0)).rows.size(), 2U);
}

TEST_F(SqliteStoreTest, losing_an_audience_is_a_delete_for_it_alone) {
  put(1, "a", {"enterprise:1", "administrators"});
  put(2, "a", {"enterprise:2", "administrators"}, {"enterprise:1"});
  const Delta lost = delta(request({"enterprise:1"}, 1));
  EXPECT_EQ(lost.deletes, Names{"a"});
  EXPECT_TRUE(lost.rows.empty());
  EXPECT_EQ(delta(request({"enterprise:2"}, 1)).rows.size(), 1U);
  // Who sees it by another audience keeps it.
  const Delta both = delta(request({"enterprise:1", "administrators"}, 1));
  EXPECT_TRUE(both.deletes.empty());
  EXPECT_EQ(both.rows.size(), 1U);
}

TEST_F(SqliteStoreTest, an_erased_row_is_a_delete_and_can_come_back) {
  put(1, "a", {"everyone"});
  CommitBatch erase = batch(2);
  erase.rows.push_back({"booking", "a", "", {}, {"everyone"}});
  commit(erase);
  EXPECT_EQ(delta(request({"everyone"}, 1)).deletes, Names{"a"});
  EXPECT_TRUE(delta(request({"everyone"}, 0)).rows.empty());
  int rows = 0;
  ASSERT_TRUE(store_->reader()->each_row([&](const StoreHead&, const StoredRow&) { ++rows; }));
  EXPECT_EQ(rows, 0);
  put(3, "a", {"everyone"});
  const Delta back = delta(request({"everyone"}, 1));
  EXPECT_EQ(back.rows.size(), 1U);
  EXPECT_TRUE(back.deletes.empty());
}

TEST_F(SqliteStoreTest, another_epoch_view_or_future_revision_means_everything) {
  put(1, "a", {"everyone"});
  put(2, "b", {"everyone"});
  DeltaRequest wanted = request({"everyone"}, 2);
  EXPECT_FALSE(delta(wanted).complete);
  wanted.revision = 3;
  EXPECT_TRUE(delta(wanted).complete);
  wanted = request({"everyone"}, 2);
  ++wanted.epoch;
  EXPECT_EQ(delta(wanted).rows.size(), 2U);
  CommitBatch rights = batch(3);
  rights.view_epochs.push_back({"u1", 3});
  commit(rights);
  EXPECT_TRUE(delta(request({"everyone"}, 2)).complete);
  wanted = request({"everyone"}, 2);
  wanted.view_epoch = 3;
  EXPECT_FALSE(delta(wanted).complete);
}

TEST_F(SqliteStoreTest, results_come_to_their_client_and_user_alone) {
  CommitBatch one = batch(1);
  one.results.push_back({"k1", "c1", "u1", "{\"seq\":1}"});
  one.clients.push_back({"c1", "u1", 1});
  commit(one);
  put(2, "a", {"everyone"});
  Delta mine = delta(request({"everyone"}, 0));
  EXPECT_EQ(mine.results, Names{"{\"seq\":1}"});
  EXPECT_EQ(mine.client->last_sequence, 1);
  DeltaRequest theirs = request({"everyone"}, 0);
  theirs.user = "u2";
  EXPECT_TRUE(delta(theirs).results.empty());
  EXPECT_TRUE(delta(request({"everyone"}, 1)).results.empty());
  const auto known = store_->results({"k1", "k2"});
  ASSERT_EQ(known->size(), 1U);
  EXPECT_EQ(known->at("k1").json, "{\"seq\":1}");
}

TEST_F(SqliteStoreTest, a_commit_that_fails_at_any_step_leaves_no_trace) {
  put(1, "a", {"everyone"});
  CommitBatch two = batch(2);
  two.rows.push_back({"booking", "b", "{}", {"everyone", "enterprise:9"}, {}});
  two.ledger.push_back({"{\"n\":1}", {"administrators"}});
  two.results.push_back({"k1", "c1", "u1", "{}"});
  two.clients.push_back({"c1", "u1", 1});
  two.credentials.push_back({"u1", "hash", false});
  two.view_epochs.push_back({"u1", 2});
  const Names before = content();
  for (const char* step : {"begin", "rows", "ledger", "results", "commit"}) {
    failing_ = step;
    EXPECT_FALSE(store_->commit(two)) << step;
    failing_.clear();
    EXPECT_EQ(content(), before) << step;
    EXPECT_EQ(store_->head().revision, 1) << step;
    open();
    EXPECT_EQ(content(), before) << step << ", and opened again";
    EXPECT_EQ(store_->head().revision, 1) << step << ", and opened again";
    const Delta seen = delta(request({"everyone", "enterprise:9", "administrators"}, 0));
    EXPECT_EQ(seen.rows.size(), 1U) << step;
    EXPECT_TRUE(seen.ledger.empty()) << step;
    EXPECT_TRUE(store_->results({"k1"})->empty()) << step;
    EXPECT_FALSE(auth_->credential("u1")->has_value()) << step;
  }
  commit(two);
  EXPECT_EQ(delta(request({"everyone", "enterprise:9", "administrators"}, 0)).rows.size(), 2U);
  EXPECT_EQ(verify_ledger(*store_->reader())->entries, 1);
  EXPECT_EQ(verify_ledger(*store_->reader())->first_bad, 0);
}

// The ids of names that a commit made which failed may be given to other names later.
TEST_F(SqliteStoreTest, audiences_of_a_failed_commit_name_nobody_else_later) {
  put(1, "a", {"everyone"});
  for (const char* step : {"ledger", "results", "commit"}) {
    CommitBatch lost = batch(2);
    lost.rows.push_back({"booking", "lost", "{}", {"enterprise:1", "enterprise:2"}, {}});
    lost.ledger.push_back({"{}", {"enterprise:3"}});
    failing_ = step;
    ASSERT_FALSE(store_->commit(lost));
    failing_.clear();
  }
  put(2, "b", {"enterprise:7"});
  put(3, "c", {"enterprise:8"});
  put(4, "d", {"enterprise:1"});
  for (int opened = 0; opened < 2; ++opened) {
    for (const char* unseen : {"enterprise:2", "enterprise:3", "enterprise:9"}) {
      EXPECT_TRUE(delta(request({unseen}, 0)).rows.empty()) << unseen;
    }
    EXPECT_EQ(delta(request({"enterprise:7"}, 0)).rows, Names{"{\"key\":\"b\"}"});
    EXPECT_EQ(delta(request({"enterprise:8"}, 0)).rows, Names{"{\"key\":\"c\"}"});
    EXPECT_EQ(delta(request({"enterprise:1"}, 0)).rows, Names{"{\"key\":\"d\"}"});
    open();
  }
}

TEST_F(SqliteStoreTest, the_ledger_is_a_chain_over_restarts) {
  for (std::int64_t revision = 1; revision <= 3; ++revision) {
    CommitBatch one = batch(revision);
    one.ledger.push_back({"{\"n\":" + std::to_string(revision) + "}", {"administrators"}});
    commit(one);
    open();
  }
  const auto check = verify_ledger(*store_->reader());
  EXPECT_EQ(check->entries, 3);
  EXPECT_EQ(check->first_bad, 0);
  EXPECT_EQ(delta(request({"administrators"}, 1)).ledger, (Names{"{\"n\":2}", "{\"n\":3}"}));
  EXPECT_EQ(store_->head().ledger_hash, check->last_hash);
}

TEST_F(SqliteStoreTest, pruning_forgets_old_results_and_resets_cookies_older_than_tombstones) {
  put(1, "a", {"everyone"});
  CommitBatch erase = batch(2);
  erase.rows.push_back({"booking", "a", "", {}, {"everyone"}});
  erase.results.push_back({"k1", "c1", "u1", "{}"});
  commit(erase);
  put(3, "b", {"everyone"});
  ASSERT_TRUE(store_->prune(2'500, 1, 0));
  EXPECT_TRUE(store_->results({"k1"})->empty());
  EXPECT_EQ(store_->head().oldest_revision, 2);
  EXPECT_TRUE(delta(request({"everyone"}, 1)).complete);
  EXPECT_FALSE(delta(request({"everyone"}, 2)).complete);
}

TEST_F(SqliteStoreTest, pruning_keeps_what_is_still_needed) {
  CommitBatch old = batch(1);
  old.results.push_back({"old", "c1", "u1", "{\"seq\":1}"});
  old.clients.push_back({"c1", "u1", 1});
  old.clients.push_back({"gone", "u1", 1});
  old.rows.push_back({"booking", "kept", "{\"key\":\"kept\"}", {"everyone"}, {}});
  old.rows.push_back({"booking", "early", "{}", {"everyone"}, {}});
  old.rows.push_back({"booking", "late", "{}", {"everyone"}, {}});
  old.ledger.push_back({"{\"n\":1}", {"everyone"}});
  commit(old);
  CommitBatch early = batch(2);
  early.rows.push_back({"booking", "early", "", {}, {"everyone"}});
  commit(early);
  CommitBatch young = batch(3);
  young.rows.push_back({"booking", "late", "", {}, {"everyone"}});
  young.results.push_back({"young", "c1", "u1", "{\"seq\":2}"});
  young.clients.push_back({"c1", "u1", 2});
  commit(young);
  // At the bounds: what came at 3,000 ms is not before them, nor is the tombstone of revision 3.
  const auto pruned = store_->prune(3'000, 1, 0);
  ASSERT_TRUE(pruned);
  EXPECT_FALSE(*pruned) << "nothing more is left to do";
  for (int opened = 0; opened < 2; ++opened) {
    const auto results = store_->results({"old", "young"});
    ASSERT_EQ(results->size(), 1U);
    EXPECT_EQ(results->at("young").json, "{\"seq\":2}") << "sent again, it gets its answer";
    const auto clients = store_->clients();
    ASSERT_EQ(clients->size(), 1U);
    EXPECT_EQ(clients->front().client, "c1");
    EXPECT_EQ(clients->front().last_sequence, 2);
    EXPECT_EQ(clients->front().seen_ms, 3'000);
    const Delta since = delta(request({"everyone"}, 2));
    EXPECT_FALSE(since.complete);
    EXPECT_EQ(since.deletes, Names{"late"}) << "a replica of revision 2 has to hear of it";
    const Delta all = delta(request({"everyone"}, 0));
    EXPECT_TRUE(all.complete);
    EXPECT_EQ(all.rows, Names{"{\"key\":\"kept\"}"});
    EXPECT_EQ(all.ledger, Names{"{\"n\":1}"}) << "the ledger is never pruned";
    open();
  }
  ASSERT_TRUE(store_->prune(3'001, 1, 0));
  EXPECT_TRUE(store_->results({"young"})->empty());
  EXPECT_TRUE(store_->clients()->empty());
}

TEST_F(SqliteStoreTest, pruning_goes_in_steps_and_says_when_more_is_left) {
  CommitBatch many = batch(1);
  for (int i = 0; i < 4'500; ++i) many.results.push_back({std::to_string(i), "c1", "u1", "{}"});
  commit(many);
  int steps = 1;
  while (*store_->prune(2'000, 10, 0)) ++steps;
  EXPECT_EQ(steps, 3);
  EXPECT_TRUE(store_->results({"0", "4499"})->empty());
}

TEST_F(SqliteStoreTest, a_client_that_is_forgotten_is_unknown_after_a_restart_too) {
  CommitBatch one = batch(1);
  one.clients.push_back({"c1", "u1", 1});
  one.clients.push_back({"c2", "u1", 1});
  commit(one);
  CommitBatch two = batch(2);
  two.clients.push_back({"c3", "u1", 1});
  two.forgotten_clients = {"c1"};
  commit(two);
  open();
  const auto stored = store_->clients();
  std::set<std::string> clients;
  for (const StoredClient& client : *stored) clients.insert(client.client);
  EXPECT_EQ(clients, (std::set<std::string>{"c2", "c3"}));
}

TEST_F(SqliteStoreTest, failures_are_forgotten_when_they_are_old_and_lock_nobody) {
  ASSERT_TRUE(auth_->save_failures({{"account:old", 3, 1'000, 0},
                                    {"account:locked", 9, 1'000, 5'001},
                                    {"account:young", 1, 5'000, 0}}));
  ASSERT_TRUE(auth_->erase_failures_before(5'000));
  const auto stored = auth_->failures();
  std::set<std::string> subjects;
  for (const FailureRecord& failure : *stored) subjects.insert(failure.subject);
  EXPECT_EQ(subjects, (std::set<std::string>{"account:locked", "account:young"}));
}

TEST_F(SqliteStoreTest, sessions_go_when_they_are_old_or_unused_and_no_earlier) {
  SqliteConnection(folder_.file("yuanyue.db"), SqliteAccess::read_write)
      .execute(
          "INSERT INTO sessions (token_hash, user, csrf_token, created_ms, seen_ms) VALUES"
          " ('old', 'u1', 'x', 999, 5000), ('unused', 'u1', 'x', 1000, 1999),"
          " ('good', 'u2', 'x', 1000, 2000)");
  ASSERT_TRUE(auth_->erase_sessions_before(1'000, 2'000));
  open();
  ASSERT_EQ(auth_->sessions()->size(), 1U);
  EXPECT_EQ(auth_->sessions()->front().token_hash, "good");
}

TEST_F(SqliteStoreTest, the_latest_sign_in_events_are_kept) {
  SqliteConnection(folder_.file("yuanyue.db"), SqliteAccess::read_write)
      .execute(
          "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20000)"
          " INSERT INTO auth_events SELECT i, i, 'signed_in', 'u', 'a' FROM n");
  ASSERT_TRUE(auth_->add_auth_event({30'000, "signed_out", "u", "a"}));
  const Names lines = content();
  const auto has = [&](const char* line) { return std::ranges::find(lines, line) != lines.end(); };
  EXPECT_EQ(std::ranges::count_if(
                lines, [](const std::string& line) { return line.starts_with("auth_events|"); }),
            20'000);
  EXPECT_TRUE(has("auth_events|20001|30000|signed_out|u|a"));
  EXPECT_TRUE(has("auth_events|2|2|signed_in|u|a"));
  EXPECT_FALSE(has("auth_events|1|1|signed_in|u|a"));
}

TEST_F(SqliteStoreTest, readers_on_other_threads_see_whole_commits) {
  std::atomic<bool> done = false;
  std::atomic<int> torn = 0;
  std::thread reader([&] {
    while (!done) {
      // Each commit writes both rows with the same text.
      const Delta seen = delta(request({"everyone"}, 0));
      if (seen.rows.size() == 2 && seen.rows[0] != seen.rows[1]) ++torn;
    }
  });
  for (std::int64_t revision = 1; revision <= 200; ++revision) {
    CommitBatch both = batch(revision);
    for (const char* key : {"a", "b"}) {
      both.rows.push_back(
          {"block", key, "{\"r\":" + std::to_string(revision) + "}", {"everyone"}, {}});
    }
    commit(both);
  }
  done = true;
  reader.join();
  EXPECT_EQ(torn, 0);
}

TEST_F(SqliteStoreTest, a_store_of_a_newer_program_is_refused_and_left_as_it_is) {
  store_.reset();
  auth_.reset();
  SqliteConnection(folder_.file("yuanyue.db"), SqliteAccess::read_write)
      .execute("PRAGMA user_version=99");
  const auto opened = open_sqlite_stores({folder_.file("yuanyue.db"), {}});
  ASSERT_FALSE(opened);
  EXPECT_NE(opened.error().message.find("a newer program (schema version 99"), std::string::npos);
  EXPECT_EQ(std::distance(std::filesystem::directory_iterator(folder_.path()), {}), 1);
}

TEST(DataLockTest, one_holder_at_a_time) {
  const TempFolder temp;
  const DataFolder folder(temp.path() / "data");
  {
    const auto first = DataLock::take(folder);
    ASSERT_TRUE(first);
    const auto second = DataLock::take(folder);
    ASSERT_FALSE(second);
    EXPECT_EQ(second.error(), DataLock::Failure::held_by_another);
  }
  EXPECT_TRUE(DataLock::take(folder));
}

TEST(LedgerChainTest, the_hash_is_what_sha256sum_says) {
  EXPECT_EQ(sha256_hex("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(ledger_hash("x", "{}"), sha256_hex("x\n{}"));
}

}  // namespace
}  // namespace yuanyue
