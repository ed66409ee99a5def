// The connections' thread when memory is short.
#include <vector>

#include <gtest/gtest.h>

#include "tests/backend/connections/loop_world.h"

namespace yuanyue {
namespace {

using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;

// One after the other fails, while connections come, ask, are held and woken, and go. Whom it meets
// may be cut off; nobody waits in vain, no place is lost, and whoever comes next is served.
TEST(ConnectionMemoryTest, whatever_allocation_fails_the_loop_goes_on) {
  constexpr std::size_t places = 6;
  ConnectionLimits limits;
  limits.workers = 1;
  limits.slow_workers = 1;
  limits.of_address = places;
  limits.held.of_address = places;
  limits.held.of_user = places;
  bool has_failed = true;
  for (long nth = 1; has_failed; ++nth) {
    SCOPED_TRACE(nth);
    LoopWorld world(limits);
    const auto settles = [](TestClient& client) {
      const auto asked = Clock::now();
      const Response response = client.answer();
      EXPECT_LT(Clock::now() - asked, 8s) << "neither answered nor cut off";
      return response.status;
    };
    {
      TestClient first = world.connect();
      TestClient held = world.connect();
      first.ask("/arm?" + std::to_string(nth));
      settles(first);
      held.ask("/wait?" + std::to_string(world.handler.revision));
      TestClient second = world.connect();
      second.ask("/later");
      settles(second);
      for (int i = 0; i < 100 && world.loop.held() == 0; ++i) std::this_thread::sleep_for(1ms);
      world.handler.publish();
      settles(held);
    }
    for (int tries = 0; tries < 3; ++tries) {
      TestClient last = world.connect();
      last.ask("/disarm");
      if (settles(last) == 200) break;
    }
    has_failed = world.handler.has_failed;
    ASSERT_TRUE(world.has_connections(0)) << "a place is lost";
    std::vector<TestClient> clients;
    for (std::size_t i = 0; i < places; ++i) {
      clients.push_back(world.connect());
      clients.back().ask("/wait?" + std::to_string(world.handler.revision));
    }
    ASSERT_TRUE(world.holds(places)) << "not everyone is served";
    world.handler.publish();
    for (TestClient& client : clients) EXPECT_EQ(settles(client), 200);
    ASSERT_LT(nth, 1'000);
  }
}

}  // namespace
}  // namespace yuanyue
