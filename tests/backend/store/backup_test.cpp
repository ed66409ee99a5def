#include <filesystem>
#include <fstream>

#include <gtest/gtest.h>

#include "backend/store/sqlite.h"
#include "backend/store/sqlite_backup.h"
#include "backend/store/sqlite_stores.h"
#include "core/domains/codec.h"
#include "core/people/enterprise.h"
#include "tests/backend/support/temp_folder.h"

namespace yuanyue {
namespace {

namespace fs = std::filesystem;

class BackupTest : public testing::Test {
 protected:
  void SetUp() override {
    fs::create_directory(folder_.path());
    stores_ = open_sqlite_stores({folder_.store_path(), {}}).value();
    for (int n = 1; n <= 3; ++n) commit(n);
  }
  // An enterprise, told in the ledger, and a session.
  void commit(int n) {
    Enterprise enterprise;
    enterprise.id = EnterpriseId({1, static_cast<std::uint64_t>(n)});
    enterprise.name = "企业" + std::to_string(n);
    enterprise.credit_code = "91310115MA1KQDMQ34";
    CommitBatch batch;
    batch.revision = n;
    batch.now_ms = 1'000 * n;
    batch.rows.push_back({"enterprise",
                          wire::encode(key_of(AnyRow(enterprise))),
                          wire::encode(AnyRow(enterprise)),
                          {"administrators"},
                          {}});
    batch.ledger.push_back({"{\"n\":" + std::to_string(n) + "}", {"administrators"}});
    batch.credentials.push_back({"u1", "hash", false});
    ASSERT_TRUE(stores_.store->commit(batch));
    const auto started =
        stores_.auth->start_session({.session = {"token" + std::to_string(n), "u1", "csrf", 1, 1},
                                     .checked_hash = "hash",
                                     .user_key = batch.rows.front().key,
                                     .may_sign_in = [](std::string_view) { return true; },
                                     .ended = {},
                                     .new_password = {}});
    ASSERT_TRUE(started && *started);
  }
  std::string copy() const { return temp_.file("copy.db"); }
  std::size_t files_beside_the_folder() const {
    return static_cast<std::size_t>(std::distance(fs::directory_iterator(temp_.path()), {})) - 1;
  }

  TempFolder temp_;
  DataFolder folder_{temp_.path() / "data"};
  Stores stores_;
};

TEST_F(BackupTest, a_backup_of_a_served_store_is_checked_and_counted) {
  const auto report = back_up_store(folder_.store_path(), copy());
  ASSERT_TRUE(report) << report.error();
  EXPECT_EQ(report->head.revision, 3);
  EXPECT_EQ(report->ledger_entries, 3);
  EXPECT_EQ(report->ledger_hash, stores_.store->head().ledger_hash);
  EXPECT_EQ(report->rows.at("enterprise"), 3);
  EXPECT_EQ(files_beside_the_folder(), 1U) << "nothing but the copy is left";
  commit(4);
  EXPECT_EQ(check_store(copy())->head.revision, 3);
}

TEST_F(BackupTest, a_store_that_does_not_hold_is_not_saved_as_a_backup) {
  SqliteConnection(folder_.store_path(), SqliteAccess::read_write)
      .execute("UPDATE ledger SET json = '{\"n\":9}' WHERE number = 2");
  const auto report = back_up_store(folder_.store_path(), copy());
  ASSERT_FALSE(report);
  EXPECT_NE(report.error().find("broken at entry 2"), std::string::npos);
  EXPECT_EQ(files_beside_the_folder(), 0U);
  SqliteConnection(folder_.store_path(), SqliteAccess::read_write)
      .execute(
          "UPDATE ledger SET json = '{\"n\":2}' WHERE number = 2;"
          "UPDATE rows SET json = '{\"type\":\"unicorn\"}' WHERE id = 1");
  EXPECT_FALSE(back_up_store(folder_.store_path(), copy())) << "rows are read, not only counted";
}

TEST_F(BackupTest, a_restored_store_has_another_epoch_and_no_session) {
  ASSERT_TRUE(back_up_store(folder_.store_path(), copy()));
  const std::int64_t epoch = stores_.store->head().epoch;
  commit(4);
  stores_ = {};
  const auto restored = restore_store(folder_, copy());
  ASSERT_TRUE(restored) << restored.error();
  stores_ = open_sqlite_stores({folder_.store_path(), {}}).value();
  EXPECT_EQ(stores_.store->head().revision, 3);
  EXPECT_NE(stores_.store->head().epoch, epoch);
  EXPECT_EQ(stores_.store->head().epoch, restored->report.head.epoch);
  EXPECT_TRUE(stores_.auth->sessions()->empty());
  // What was replaced is whole: the fourth commit is in it.
  const auto kept = check_store((fs::path(restored->kept_in) / "yuanyue.db").string());
  ASSERT_TRUE(kept) << kept.error();
  EXPECT_EQ(kept->head.revision, 4);
  EXPECT_EQ(kept->head.epoch, epoch);
  commit(4);
}

TEST_F(BackupTest, a_damaged_copy_is_refused_and_the_store_stays) {
  ASSERT_TRUE(back_up_store(folder_.store_path(), copy()));
  stores_ = {};
  {
    std::fstream file(copy(), std::ios::in | std::ios::out | std::ios::binary);
    const std::size_t half = fs::file_size(copy()) / 2;
    file.seekp(static_cast<std::streamoff>(half));
    file << std::string(half, '\xee');
  }
  for (const std::string& file : {copy(), temp_.file("missing.db"), temp_.path().string()}) {
    const auto restored = restore_store(folder_, file);
    EXPECT_FALSE(restored) << file;
  }
  std::ofstream(temp_.file("text.db")) << std::string(9'000, 'x');
  EXPECT_FALSE(restore_store(folder_, temp_.file("text.db")));
  const std::ofstream empty(temp_.file("empty.db"));
  EXPECT_FALSE(restore_store(folder_, temp_.file("empty.db")));
  const auto still = check_store(folder_.store_path());
  ASSERT_TRUE(still) << still.error();
  EXPECT_EQ(still->head.revision, 3);
}

TEST_F(BackupTest, a_destroyed_store_is_replaced_and_kept_as_it_is) {
  ASSERT_TRUE(back_up_store(folder_.store_path(), copy()));
  stores_ = {};
  std::ofstream(folder_.store_path(), std::ios::trunc) << "burnt" << std::string(5'000, '#');
  const auto restored = restore_store(folder_, copy());
  ASSERT_TRUE(restored) << restored.error();
  EXPECT_EQ(fs::file_size(fs::path(restored->kept_in) / "yuanyue.db"), 5'005U);
  EXPECT_EQ(check_store(folder_.store_path())->head.revision, 3);
  const auto again = restore_store(folder_, copy());
  ASSERT_TRUE(again) << again.error();
  EXPECT_NE(again->kept_in, restored->kept_in);
}

TEST_F(BackupTest, an_empty_folder_can_be_restored_into) {
  ASSERT_TRUE(back_up_store(folder_.store_path(), copy()));
  const DataFolder other(temp_.path() / "other");
  const auto lock = DataLock::take(other);
  const auto restored = restore_store(other, copy());
  ASSERT_TRUE(restored) << restored.error();
  EXPECT_TRUE(restored->kept_in.empty());
  EXPECT_EQ(check_store(other.store_path())->rows.at("enterprise"), 3);
}

}  // namespace
}  // namespace yuanyue
