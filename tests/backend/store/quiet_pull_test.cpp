// A pull that finds nothing new costs a few look-ups, however many clients, rows and results there
// are.
#include <gtest/gtest.h>

#include "backend/store/sqlite_stores.h"
#include "tests/backend/support/sqlite_steps.h"
#include "tests/backend/support/temp_folder.h"

namespace yuanyue {
namespace {

// So many clients, each with a user, a row of its own and an answered command.
CommitBatch everybody(int clients) {
  CommitBatch batch;
  batch.revision = 1;
  for (int i = 0; i < clients; ++i) {
    const std::string number = std::to_string(i);
    batch.rows.push_back({"booking", "key" + number, "{}", {"enterprise:" + number}, {}});
    batch.ledger.push_back({"{\"n\":" + number + "}", {"enterprise:" + number}});
    batch.results.push_back({"command" + number, "client" + number, "user" + number, "{}"});
    batch.clients.push_back({"client" + number, "user" + number, 1});
    batch.view_epochs.push_back({"user" + number, 1});
  }
  return batch;
}

std::int64_t steps_of_a_quiet_pull(int clients) {
  const TempFolder folder;
  const SqliteSteps steps;
  const auto store = std::move(open_sqlite_stores({.path = folder.file("yuanyue.db")})->store);
  EXPECT_TRUE(store->commit(everybody(clients)));
  const auto reader = store->reader();
  DeltaRequest request;
  request.audiences = {"everyone", "enterprise:5", "user:5"};
  request.user = "user5";
  request.client = "client5";
  request.epoch = store->head().epoch;
  request.view_epoch = 1;
  request.revision = 1;
  const std::int64_t before = steps.count();
  const auto delta = reader->delta(request);
  EXPECT_TRUE(delta && !delta->complete && delta->rows.empty() && delta->results.empty());
  EXPECT_EQ(delta->client->last_sequence, 1);
  return steps.count() - before;
}

TEST(QuietPullTest, costs_the_same_with_ten_clients_and_ten_thousand) {
  const std::int64_t few = steps_of_a_quiet_pull(10);
  EXPECT_GT(few, 0);
  EXPECT_EQ(steps_of_a_quiet_pull(10'000), few);
}

}  // namespace
}  // namespace yuanyue
