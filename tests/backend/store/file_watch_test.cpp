// Files that are taken away or replaced under the store that has them open.
#include "backend/store/file_watch.h"

#include <filesystem>

#include <gtest/gtest.h>

#include "backend/store/sqlite.h"
#include "backend/store/sqlite_stores.h"
#include "tests/backend/support/temp_folder.h"

namespace yuanyue {
namespace {

namespace fs = std::filesystem;

class LostFilesTest : public testing::Test {
 protected:
  void SetUp() override { open(); }
  void open() {
    stores_ = {};
    auto opened = open_sqlite_stores({path_, {}});
    ASSERT_TRUE(opened) << opened.error().message;
    stores_ = *std::move(opened);
  }
  StoreResult<void> commit(const std::string& key) {
    CommitBatch batch;
    batch.revision = stores_.store->head().revision + 1;
    batch.rows.push_back({"booking", key, "{\"key\":\"" + key + "\"}", {"everyone"}, {}});
    return stores_.store->commit(batch);
  }
  std::size_t rows_in(const std::string& path) {
    SqliteConnection connection(path, SqliteAccess::read_only);
    SqliteStatement rows(connection, "SELECT key FROM rows");
    std::size_t count = 0;
    while (rows.step()) ++count;
    return count;
  }
  void expect_replaced() {
    const auto refused = commit("lost");
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().fault, StoreFault::replaced) << refused.error().message;
    const auto head = stores_.store->reader()->head();
    ASSERT_FALSE(head) << "nothing is answered from files that are somebody else's";
    EXPECT_EQ(head.error().fault, StoreFault::replaced);
    EXPECT_FALSE(stores_.auth->start_session({.session = {"t", "u", "x", 1, 1},
                                              .checked_hash = {},
                                              .user_key = {},
                                              .may_sign_in = {},
                                              .ended = {},
                                              .new_password = {}}))
        << "no sign-in that is then lost";
    EXPECT_FALSE(stores_.store->prune(0, 1));
  }

  TempFolder folder_;
  std::string path_ = folder_.file("yuanyue.db");
  Stores stores_;
};

TEST_F(LostFilesTest, a_deleted_log_is_noticed_and_what_was_in_it_is_in_the_database_at_once) {
  ASSERT_TRUE(commit("a"));
  ASSERT_TRUE(commit("b"));
  fs::remove(path_ + "-wal");
  expect_replaced();
  // As after kill -9: the file alone, read by somebody else.
  const std::string killed = folder_.file("killed.db");
  fs::copy_file(path_, killed);
  EXPECT_EQ(rows_in(killed), 2U);
  open();
  EXPECT_EQ(stores_.store->head().revision, 2);
  EXPECT_TRUE(commit("c"));
}

TEST_F(LostFilesTest, a_deleted_log_is_noticed_when_nothing_was_committed_since) {
  fs::remove(path_ + "-wal");
  const auto head = stores_.store->reader()->head();
  ASSERT_FALSE(head);
  EXPECT_EQ(head.error().fault, StoreFault::replaced);
}

TEST_F(LostFilesTest, a_deleted_index_of_the_log_is_noticed) {
  ASSERT_TRUE(commit("a"));
  fs::remove(path_ + "-shm");
  expect_replaced();
  open();
  EXPECT_EQ(stores_.store->head().revision, 1);
}

TEST_F(LostFilesTest, a_log_of_any_length_is_opened_after_a_crash) {
  for (const std::size_t bytes : {100'000U, 131'072U, 200'000U, 3'000'000U}) {
    ASSERT_TRUE(commit(std::string(bytes, 'k')));
    const std::string killed = folder_.file("killed-" + std::to_string(bytes));
    for (const char* part : {"", "-wal"}) fs::copy_file(path_ + part, killed + part);
    auto opened = open_sqlite_stores({killed, {}});
    ASSERT_TRUE(opened) << opened.error().message;
    EXPECT_EQ(opened->store->head().revision, stores_.store->head().revision);
  }
}

TEST_F(LostFilesTest, a_replaced_database_is_noticed_and_a_backup_has_what_was_acknowledged) {
  ASSERT_TRUE(commit("a"));
  ASSERT_TRUE(stores_.store->backup(folder_.file("old.db")));
  ASSERT_TRUE(commit("b"));
  fs::rename(folder_.file("old.db"), path_);
  expect_replaced();
  const std::string saved = folder_.file("saved.db");
  ASSERT_TRUE(stores_.store->backup(saved));
  EXPECT_EQ(rows_in(saved), 2U);
  stores_ = {};
  EXPECT_EQ(rows_in(path_), 1U) << "what was put there is not written into";
}

TEST_F(LostFilesTest, a_deleted_database_is_noticed_and_a_backup_has_what_was_acknowledged) {
  ASSERT_TRUE(commit("a"));
  for (const char* part : {"", "-wal", "-shm"}) fs::remove(path_ + part);
  expect_replaced();
  const std::string saved = folder_.file("saved.db");
  ASSERT_TRUE(stores_.store->backup(saved));
  EXPECT_EQ(rows_in(saved), 1U);
  EXPECT_FALSE(fs::exists(path_)) << "no new store is begun in its place";
}

TEST_F(LostFilesTest, a_file_that_came_back_is_not_trusted) {
  ASSERT_TRUE(commit("a"));
  fs::rename(path_, folder_.file("away.db"));
  expect_replaced();
  fs::rename(folder_.file("away.db"), path_);
  expect_replaced();
  open();
  EXPECT_EQ(stores_.store->head().revision, 1);
  EXPECT_TRUE(commit("b"));
}

TEST_F(LostFilesTest, a_log_cut_short_is_corrupt) {
  ASSERT_TRUE(commit("a"));
  fs::resize_file(path_ + "-wal", 100);
  const auto refused = commit("b");
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().fault, StoreFault::corrupt) << refused.error().message;
}

TEST_F(LostFilesTest, growing_files_and_checkpoints_are_no_news) {
  stores_ = {};
  stores_ = open_sqlite_stores({.path = path_, .fail_at = {}, .checkpoint_pages = 4}).value();
  for (int i = 0; i < 300; ++i) ASSERT_TRUE(commit(std::to_string(i))) << i;
  ASSERT_TRUE(stores_.store->backup(folder_.file("copy.db"))) << "another reader is no news either";
  ASSERT_TRUE(commit("last"));
}

}  // namespace
}  // namespace yuanyue
