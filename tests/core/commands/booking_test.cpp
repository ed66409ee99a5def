#include <gtest/gtest.h>

#include "tests/core/support/world_test.h"

namespace yuanyue::worlds {
namespace {

TEST(Booking, TakesASeat) {
  TestWorld world;
  const BlockKey block = licence_block("2026-11-25 09:00");
  EXPECT_EQ(world.book(alpha, block).code(), accepted);
  EXPECT_EQ(world.booked(block), 1);
}

}  // namespace
}  // namespace yuanyue::worlds
