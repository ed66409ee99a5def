// A replica does not grow with history: ledger entries go when finished rows do.
#include <gtest/gtest.h>

#include "core/catalog/catalog.h"
#include "core/sync/journal.h"
#include "core/sync/replica.h"
#include "tests/core/support/kinds.h"
#include "tests/core/support/park.h"

namespace yuanyue::sync {
namespace {

constexpr Instant start{1'800'000'000'000};
const BookingId booking{Uuid{1, 1}};
const BookingId other{Uuid{1, 2}};

LedgerEntry entry(std::uint64_t number, Instant at, const BookingId& about = booking) {
  LedgerEntry made;
  made.id = LedgerEntryId(Uuid{2, number});
  made.command = CommandId(Uuid{3, number});
  made.at = at;
  made.kind = {events::booking_made, {.booking = about}};
  return made;
}

class OldLedgerTest : public testing::Test {
 protected:
  void pull(Instant now, std::vector<LedgerEntry> ledger, bool reset = false) {
    wire::PullResponse response;
    response.reset = reset;
    response.ledger = std::move(ledger);
    response.server_now = now;
    replica_.take_pull(response, now);
  }
  std::size_t kept(const BookingId& about = booking) { return replica_.timeline(about).size(); }
  std::vector<LedgerEntry> stored(Instant now) {
    std::vector<AnyRow> rows;
    std::vector<LedgerEntry> ledger;
    replica_.copy_confirmed(rows, ledger, now);
    return ledger;
  }

  Replica replica_;
};

TEST_F(OldLedgerTest, goes_after_the_retention_of_finished_rows) {
  pull(start, {entry(1, start), entry(2, start, other)});
  pull(start + 50 * ms_per_day, {entry(3, start + 50 * ms_per_day)});
  EXPECT_EQ(kept(), 2U);
  pull(start + 90 * ms_per_day, {});
  EXPECT_EQ(kept(), 2U) << "its last instant";
  pull(start + 91 * ms_per_day, {});
  EXPECT_EQ(kept(), 1U);
  EXPECT_EQ(kept(other), 0U);
  const auto ledger = stored(start + 91 * ms_per_day);
  ASSERT_EQ(ledger.size(), 1U);
  EXPECT_EQ(ledger[0].id, entry(3, start).id);
  pull(start + 91 * ms_per_day, {entry(4, start + 91 * ms_per_day)});
  EXPECT_EQ(stored(start + 91 * ms_per_day).size(), 2U);
  EXPECT_EQ(stored(start + 91 * ms_per_day)[1].id, entry(4, start).id) << "in their order";
}

TEST_F(OldLedgerTest, as_the_park_says) {
  wire::PullResponse response;
  Park park{worlds::park, {"园区", "Park"}};
  park.retention_days = 31;
  response.rows.emplace_back(park);
  response.ledger = {entry(1, start)};
  replica_.take_pull(response, start + 31 * ms_per_day);
  EXPECT_EQ(kept(), 1U);
  pull(start + 32 * ms_per_day, {});
  EXPECT_EQ(kept(), 0U);
}

TEST_F(OldLedgerTest, a_storage_that_is_mostly_old_is_to_be_written_anew) {
  StoredReplica held;
  for (std::uint64_t n = 1; n <= 8; ++n)
    held.ledger.push_back(entry(n, start + static_cast<std::int64_t>(n) * ms_per_day));
  replica_.load(held);
  EXPECT_FALSE(replica_.forget_old_entries(start + 90 * ms_per_day)) << "nothing is old";
  EXPECT_FALSE(replica_.forget_old_entries(start + 92 * ms_per_day)) << "an eighth";
  EXPECT_TRUE(replica_.forget_old_entries(start + 96 * ms_per_day));
  EXPECT_EQ(kept(), 3U);
}

// What was accepted is looked for in the ledger of a reset as long as it is kept.
static_assert(journal_kept_ms < min_retention_days * ms_per_day);

}  // namespace
}  // namespace yuanyue::sync
