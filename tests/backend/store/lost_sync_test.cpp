// A sync that failed, on a disk as systems have it: told once, and then the pages count as clean.
#include <gtest/gtest.h>
#include <sodium.h>

#include "backend/store/ledger_chain.h"
#include "backend/store/sqlite_stores.h"
#include "tests/sim/disk/sqlite_disk.h"

namespace yuanyue {
namespace {

class LostSyncTest : public testing::Test {
 protected:
  void SetUp() override { ASSERT_GE(sodium_init(), 0); }

  std::unique_ptr<Store> open() {
    auto stores = open_sqlite_stores(
        {.path = "store.db", .fail_at = {}, .vfs = sim::vfs_name, .checkpoint_pages = 8'000});
    EXPECT_TRUE(stores) << stores.error().message;
    return stores ? std::move(stores->store) : nullptr;
  }
  static StoreResult<void> commit(Store& store, std::int64_t revision) {
    CommitBatch batch;
    batch.revision = revision;
    batch.ledger.push_back({"{\"n\":" + std::to_string(revision) + "}", {"administrators"}});
    return store.commit(batch);
  }
};

// A commit whose sync failed is found again by the next process, in the system's cache. What it
// then answers must survive a loss of power, though that commit's pages never reached the disk.
TEST_F(LostSyncTest, what_a_restart_finds_in_the_log_survives_a_loss_of_power) {
  int recovered = 0;
  for (std::uint64_t seed = 1; seed <= 40; ++seed) {
    sim::FaultCounts counts;
    sim::Disk disk(seed, counts);
    const sim::SqliteDisk sqlite(disk);
    auto store = open();
    ASSERT_TRUE(commit(*store, 1));
    disk.set_syncs_fail_one_in(1);
    ASSERT_FALSE(commit(*store, 2));
    disk.heal();
    disk.crash_now(sim::Crash::process_killed);
    store.reset();
    disk.restart();

    store = open();
    const std::int64_t found = store->head().revision;
    recovered += found == 2 ? 1 : 0;
    ASSERT_TRUE(commit(*store, 3));
    disk.crash_now(sim::Crash::power_lost);
    store.reset();
    disk.restart();

    store = open();
    EXPECT_EQ(store->head().revision, 3) << "seed " << seed;
    EXPECT_EQ(store->head().ledger_entries, found + 1);
    EXPECT_EQ(verify_ledger(*store->reader())->first_bad, 0);
  }
  EXPECT_GT(recovered, 0);
}

}  // namespace
}  // namespace yuanyue
