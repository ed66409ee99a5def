// Which blocks may be closed or given other seats.
#include "core/appointments/override_block.h"

#include <gtest/gtest.h>

#include "core/appointments/block_override.h"
#include "core/appointments/booking.h"
#include "core/appointments/offer.h"
#include "core/appointments/waitlist_entry.h"
#include "tests/core/support/kinds.h"
#include "tests/core/support/world_test.h"

namespace yuanyue::worlds {
namespace {

TEST(OverrideBlock, IsForBlocksOfTheTemplateWithinReason) {
  struct Case {
    BlockOverride row;
    std::optional<RefusalName> answer;
  };
  const BlockKey key = licence_block("2026-11-25 09:00");
  const Case cases[] = {
      {{key, false, 1000, ""}, accepted},
      {{key, false, 1001, ""}, refusals::invalid},
      {{key, false, -1, ""}, refusals::invalid},
      {{licence_block("2026-11-25 10:00"), true, {}, ""}, refusals::block_closed},
      {{licence_block("2026-11-28 09:00"), true, {}, ""}, refusals::block_closed},
      {{block(ServiceId::of("none"), "2026-11-25 09:00"), true, {}, ""}, refusals::not_found},
  };
  for (const Case& each : cases) {
    TestWorld world;
    EXPECT_EQ(world.administer(OverrideBlock{each.row}).code(), each.answer);
  }
}

}  // namespace
}  // namespace yuanyue::worlds
