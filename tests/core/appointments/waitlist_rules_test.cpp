// docs/rules.md "Waitlist": everyone in a queue may see its position and who stands before it, by
// tier.
#include "core/appointments/waitlist_rules.h"

#include <utility>

#include <gtest/gtest.h>

#include "core/appointments/waiting_place.h"
#include "core/appointments/waitlist_entry.h"
#include "tests/core/support/park.h"

namespace yuanyue::worlds {
namespace {

const BlockKey wished = licence_block("2026-11-25 09:00");
const BlockKey also_wished = licence_block("2026-11-26 09:00");
const BlockKey unknown_here = licence_block("2026-11-27 09:00");

WaitlistEntryId entry_id(std::uint64_t number) { return WaitlistEntryId(uuid(0xE0, number)); }

TEST(QueuePositions, CountsWhoIsBeforeByTier) {
  State state;
  for (AnyRow& row : park_rows()) state.put(std::move(row));
  WaitlistEntry entry;
  entry.id = entry_id(4);
  entry.blocks = {unknown_here, wished, also_wished};
  state.put(WaitingPlace{.key = place_key(entry.id, wished), .ahead = {1, 0, 0, 2, 0}});
  state.put(WaitingPlace{.key = place_key(entry.id, also_wished)});
  const auto positions = queue_positions(state, entry);
  ASSERT_EQ(positions.size(), 2U);
  EXPECT_EQ(positions[0].block, wished);
  EXPECT_EQ(positions[0].position, 4);
  EXPECT_EQ(positions[0].ahead_by_tier, (ByTier{1, 0, 0, 2, 0}));
  EXPECT_EQ(positions[1].block, also_wished);
  EXPECT_EQ(positions[1].position, 1);
  EXPECT_EQ(positions[1].ahead_by_tier, ByTier{});
  entry.id = entry_id(5);
  EXPECT_TRUE(queue_positions(state, entry).empty());
}

}  // namespace
}  // namespace yuanyue::worlds
