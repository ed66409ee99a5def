// docs/rules.md "Waitlist": everyone in a queue may see its position and who stands before it, by
// tier.
#include "core/appointments/waitlist_rules.h"

#include <array>
#include <vector>

#include <gtest/gtest.h>

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
  const Instant since = at("2026-11-23 09:00");
  state.put(Block{.key = wished,
                  .queue = {{Tier::emergency, since, entry_id(1)},
                            {Tier::high_tech, since, entry_id(2)},
                            {Tier::high_tech, since + 1, entry_id(3)},
                            {Tier::ordinary, since, entry_id(4)},
                            {Tier::ordinary, since + 1, entry_id(5)}}});
  state.put(Block{.key = also_wished, .queue = {{Tier::ordinary, since, entry_id(4)}}});
  struct Line {
    std::uint64_t entry;
    std::vector<int> positions;  // in the blocks it stands in
    std::array<int, 5> ahead;    // in the first of them: emergency, relocation, key project, …
  };
  const Line lines[] = {
      {1, {1}, {0, 0, 0, 0, 0}},    {2, {2}, {1, 0, 0, 0, 0}}, {3, {3}, {1, 0, 0, 1, 0}},
      {4, {4, 1}, {1, 0, 0, 2, 0}}, {5, {5}, {1, 0, 0, 2, 1}}, {6, {}, {}},
  };
  for (const Line& line : lines) {
    WaitlistEntry entry;
    entry.id = entry_id(line.entry);
    entry.blocks = {unknown_here, wished, also_wished};
    const auto positions = queue_positions(state, entry);
    ASSERT_EQ(positions.size(), line.positions.size()) << line.entry;
    for (std::size_t i = 0; i < positions.size(); ++i) {
      EXPECT_EQ(positions[i].position, line.positions[i]) << line.entry;
      EXPECT_EQ(positions[i].block, i == 0 ? wished : also_wished) << line.entry;
    }
    if (!positions.empty()) {
      EXPECT_EQ(positions.front().ahead_by_tier, line.ahead) << line.entry;
    }
  }
}

}  // namespace
}  // namespace yuanyue::worlds
