#include "core/sync/journal.h"

#include <vector>

#include <gtest/gtest.h>

#include "core/appointments/cancel_booking.h"
#include "core/messages/mark_notifications_read.h"
#include "core/messages/notification.h"
#include "tests/core/support/park.h"

namespace yuanyue::sync {
namespace {

using worlds::uuid;

const Instant start = worlds::at("2026-11-23 09:00");

OutboxEntry cancelled(std::uint64_t number, Instant decided_at = start) {
  return {number, CommandId(uuid(0x0B, number)), decided_at,
          CancelBooking{.booking = BookingId(uuid(0xB0, number))}};
}

LedgerEntry fact_of(const OutboxEntry& entry) {
  LedgerEntry fact;
  fact.command = entry.id;
  return fact;
}

std::vector<CommandId> ids(const auto& entries) {
  std::vector<CommandId> all;
  all.reserve(entries.size());
  for (const OutboxEntry& entry : entries) all.push_back(entry.id);
  return all;
}

TEST(Journal, KeepsWhatLeavesFacts) {
  Journal journal;
  StorageWrite change;
  journal.add({1, CommandId(uuid(0x0B, 1)), start, MarkNotificationsRead{}}, start, change);
  EXPECT_TRUE(journal.entries().empty());
  EXPECT_TRUE(change.put_accepted.empty());
  journal.add(cancelled(2), start, change);
  EXPECT_EQ(ids(journal.entries()), ids(std::vector{cancelled(2)}));
  EXPECT_EQ(change.put_accepted, std::vector{cancelled(2)});
  EXPECT_TRUE(change.erase_accepted.empty());
}

TEST(Journal, LetsTheOldestGoWhenItIsLong) {
  Journal journal;
  StorageWrite change;
  for (std::uint64_t number = 1; number <= journal_length_max + 2; ++number) {
    journal.add(cancelled(number), start, change);
  }
  EXPECT_EQ(journal.entries().size(), journal_length_max);
  EXPECT_EQ(journal.entries().front().id, cancelled(3).id);
  EXPECT_EQ(change.erase_accepted, ids(std::vector{cancelled(1), cancelled(2)}));
}

TEST(Journal, LetsTheOldGo) {
  struct Line {
    std::int64_t age_ms;
    bool kept;
  };
  for (const Line& line : {Line{journal_kept_ms, true}, Line{journal_kept_ms + 1, false}}) {
    Journal journal;
    StorageWrite change;
    journal.add(cancelled(1, start), start, change);
    const Instant later = start + line.age_ms;
    journal.add(cancelled(2, later), later, change);
    EXPECT_EQ(journal.entries().size(), line.kept ? 2u : 1u) << line.age_ms;
    EXPECT_EQ(change.erase_accepted.empty(), line.kept) << line.age_ms;
  }
  // A command that was given long ago and is answered only now.
  Journal journal;
  StorageWrite change;
  journal.add(cancelled(1, start), start + journal_kept_ms + 1, change);
  EXPECT_TRUE(journal.entries().empty());
}

TEST(Journal, JoinsWhatAStorageHoldsWithoutDoubling) {
  Journal journal;
  StorageWrite change;
  journal.add(cancelled(2), start, change);
  journal.add(cancelled(3), start, change);
  journal.join({cancelled(1), cancelled(2)});
  EXPECT_EQ(ids(journal.entries()), ids(std::vector{cancelled(1), cancelled(2), cancelled(3)}));
  journal.clear();
  EXPECT_TRUE(journal.entries().empty());
}

TEST(Journal, GivesOutWhatACompleteLedgerDoesNotName) {
  Journal journal;
  journal.load({cancelled(1, start - journal_kept_ms - 1), cancelled(2), cancelled(3)});
  StorageWrite change;
  const auto forgotten = journal.take_forgotten({fact_of(cancelled(3))}, start, change);
  EXPECT_EQ(ids(forgotten),
            ids(std::vector{cancelled(2)}));  // the first is too old to be sent again
  EXPECT_EQ(ids(journal.entries()), ids(std::vector{cancelled(3)}));
  EXPECT_EQ(change.erase_accepted, ids(std::vector{cancelled(1), cancelled(2)}));
}

}  // namespace
}  // namespace yuanyue::sync
