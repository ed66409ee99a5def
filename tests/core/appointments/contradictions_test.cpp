#include "core/appointments/contradictions.h"

#include <gtest/gtest.h>

#include "core/appointments/booking.h"
#include "tests/core/support/random_park.h"
#include "tests/core/support/world.h"

namespace yuanyue::worlds {
namespace {

TEST(Contradictions, AreNeverMadeByCommandsAndTimers) {
  World world(RandomPark::rows(), RandomPark::start(), Checks::none);
  RandomPark park(7, ms_per_day);
  for (int number = 0; number < 1500; ++number) {
    const RandomStep step = park.next(world.state(), world.now());
    world.pass(step.pause_ms);
    world.execute(step.who, step.command);
    park.remember(world.take_seen());
    const auto found = find_contradiction(world.state());
    ASSERT_FALSE(found) << number << ": " << found->row.type().name << found->fault;
  }
  EXPECT_GT(world.state().count<Booking>(), 50U);
}

TEST(Contradictions, ACounterThatIsNotItsBookingsIsFound) {
  World world(RandomPark::rows(), RandomPark::start(), Checks::none);
  const Block counted{.key = licence_block("2026-11-25 09:00"), .end = clock("11:00"), .booked = 1};
  world.put(counted);
  const auto found = find_contradiction(world.state());
  ASSERT_TRUE(found);
  EXPECT_EQ(found->row, AnyKey(counted.key));
  EXPECT_EQ(found->fault, ".booked: not its bookings");
}

}  // namespace
}  // namespace yuanyue::worlds
