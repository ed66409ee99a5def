// Memory that is short is taken from whoever holds most, never from whoever comes next.
#include <gtest/gtest.h>

#include "tests/backend/connections/loop_world.h"

namespace yuanyue {
namespace {

using namespace std::chrono_literals;

constexpr const char* greedy_address = "127.0.0.2";

TEST(MemoryShareTest, steady_slow_readers_of_one_address_keep_nobody_from_being_answered) {
  ConnectionLimits limits;
  limits.answer_bytes = 8 * 1024 * 1024;
  LoopWorld world(limits);
  std::vector<TestClient> greedy;
  for (int i = 0; i < 10; ++i) {
    greedy.push_back(world.connect(4'096, greedy_address));
    greedy.back().ask("/big?8000000");
  }
  // A little every now and then, so that none of them counts as stalled.
  const auto take_a_little = [&] {
    std::size_t open = 0;
    for (const TestClient& client : greedy) open += client.take(2'048) ? 1U : 0U;
    return open;
  };
  TestClient own = world.connect(4'096);
  own.ask("/big?200000");
  for (int i = 0; i < 20; ++i) {
    take_a_little();
    TestClient client = world.connect();
    client.ask("/echo");
    ASSERT_EQ(client.answer().status, 200) << i;
    std::this_thread::sleep_for(20ms);
  }
  EXPECT_EQ(own.answer().body.size(), 200'000U) << "a small answer that is taken slowly stays";
  EXPECT_LE(take_a_little(), 3U) << "no more than fit";
}

TEST(MemoryShareTest, half_sent_requests_of_one_address_keep_nobody_from_being_answered) {
  ConnectionLimits limits;
  limits.request_bytes = 256 * 1024;
  LoopWorld world(limits);
  std::vector<TestClient> greedy;
  for (int i = 0; i < 8; ++i) {
    greedy.push_back(world.connect(0, greedy_address));
    greedy.back().send("POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 100000\r\n\r\n" +
                       std::string(60'000, 'x'));
    TestClient client = world.connect();
    client.send("POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 20000\r\n\r\n" +
                std::string(10'000, 'y'));
    std::this_thread::sleep_for(20ms);
    client.send(std::string(10'000, 'y'));
    ASSERT_EQ(client.answer().status, 200) << i;
  }
  EXPECT_TRUE(world.has_connections(4)) << "what fits may stay";
}

}  // namespace
}  // namespace yuanyue
