// Real sockets and threads: run them under ThreadSanitizer too.
#include "backend/connections/connection_loop.h"

#include <vector>

#include <gtest/gtest.h>
#include <sys/resource.h>

#include "tests/backend/connections/loop_world.h"

namespace yuanyue {
namespace {

using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;

const std::string echo = "GET /echo HTTP/1.1\r\nHost: x\r\n\r\n";

TEST(ConnectionLoopTest, answers_one_request_after_another) {
  LoopWorld world;
  TestClient client = world.connect();
  for (int i = 0; i < 3; ++i) {
    client.ask("/echo?" + std::to_string(i));
    EXPECT_EQ(client.answer().body, "GET /echo?" + std::to_string(i) + " HTTP/1.1");
  }
}

TEST(ConnectionLoopTest, pipelined_requests_are_all_answered_in_order) {
  LoopWorld world;
  TestClient client = world.connect();
  std::string many;
  for (int i = 0; i < 500; ++i) {
    many +=
        "POST /echo?" + std::to_string(i) + " HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\nabc";
  }
  client.send(many);
  for (int i = 0; i < 500; ++i) {
    ASSERT_EQ(client.answer().body, "POST /echo?" + std::to_string(i) + " HTTP/1.1");
  }
}

TEST(ConnectionLoopTest, a_request_before_a_half_close_is_answered) {
  LoopWorld world;
  TestClient client = world.connect();
  client.send_last(echo + echo);
  EXPECT_EQ(client.answer().status, 200);
  EXPECT_EQ(client.answer().status, 200);
  EXPECT_TRUE(client.is_closed_within(5s));
  TestClient held = world.connect();
  held.send_last("GET /wait?1 HTTP/1.1\r\nHost: x\r\n\r\n");
  EXPECT_EQ(held.answer().body, "news of 1") << "not held: it has nothing more to say";
}

TEST(ConnectionLoopTest, after_a_refusal_nothing_of_the_connection_is_a_request) {
  LoopWorld world;
  TestClient client = world.connect();
  client.send("POST /echo HTTP/1.1\r\nHost: x\r\n\r\n" + echo);
  const Response refused = client.answer();
  EXPECT_EQ(refused.status, 411);
  EXPECT_NE(refused.head.find("Connection: close"), std::string::npos);
  EXPECT_TRUE(client.is_closed_within(5s));
  EXPECT_EQ(world.handler.runs, 0);
}

TEST(ConnectionLoopTest, who_asks_for_it_is_told_to_continue) {
  LoopWorld world;
  TestClient client = world.connect();
  client.send(
      "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nExpect: 100-continue\r\n\r\n");
  EXPECT_EQ(client.answer().status, 100);
  client.send("abc");
  EXPECT_EQ(client.answer().status, 200);
}

TEST(ConnectionLoopTest, what_comes_later_is_answered_and_holds_no_worker) {
  ConnectionLimits limits;
  limits.workers = 1;
  LoopWorld world(limits);
  std::vector<TestClient> clients;
  for (int i = 0; i < 50; ++i) {
    clients.push_back(world.connect());
    clients.back().send("POST /later HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n");
  }
  for (TestClient& client : clients) EXPECT_EQ(client.answer().body, "POST /later HTTP/1.1");
}

TEST(ConnectionLoopTest, slow_requests_do_not_keep_quick_ones_waiting) {
  ConnectionLimits limits;
  limits.workers = 1;
  limits.slow_workers = 1;
  limits.waiting_slow_requests = 2;
  LoopWorld world(limits);
  std::vector<TestClient> slow;
  for (int i = 0; i < 5; ++i) {
    slow.push_back(world.connect());
    slow.back().send("POST /slow HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n");
  }
  TestClient client = world.connect();
  client.ask("/echo");
  EXPECT_EQ(client.answer().status, 200);
  world.handler.let_go();
  int busy = 0;
  for (TestClient& one : slow) busy += one.answer().status == 503 ? 1 : 0;
  EXPECT_TRUE(busy == 2 || busy == 3) << busy;  // one runs, two wait; or it had not begun
}

TEST(HeldPullTest, is_answered_when_what_it_may_see_changes) {
  LoopWorld world;
  TestClient client = world.connect();
  client.ask("/wait?1");
  ASSERT_TRUE(world.holds(1));
  world.handler.publish("somebody else");
  world.handler.publish();
  EXPECT_EQ(client.answer().body, "news of 3");
  EXPECT_TRUE(world.holds(0));
}

TEST(HeldPullTest, no_change_is_lost_between_reading_and_parking) {
  LoopWorld world;
  std::atomic<int> changes{0};
  world.handler.after_reading = [&] {
    if (changes++ % 2 == 0) world.handler.publish();
  };
  for (int i = 0; i < 50; ++i) {
    TestClient client = world.connect();
    const auto asked = Clock::now();
    client.ask("/wait?" + std::to_string(world.handler.revision));
    EXPECT_EQ(client.answer().status, 200);
    EXPECT_LT(Clock::now() - asked, 5s) << "woken, not timed out";
  }
}

TEST(HeldPullTest, no_change_is_lost_while_many_are_made) {
  LoopWorld world;
  std::atomic<bool> ends{false};
  std::thread writer([&] {
    while (!ends) {
      world.handler.publish();
      std::this_thread::sleep_for(200us);
    }
  });
  std::vector<std::thread> readers;
  readers.reserve(4);
  for (int i = 0; i < 4; ++i) {
    readers.emplace_back([&] {
      TestClient client = world.connect();
      std::int64_t last = 0;
      for (int n = 0; n < 200; ++n) {
        const auto asked = Clock::now();
        client.ask("/wait?" + std::to_string(last));
        const Response response = client.answer();
        ASSERT_EQ(response.status, 200);
        ASSERT_LT(Clock::now() - asked, 5s);
        last = std::stoll(response.body.substr(8));
      }
    });
  }
  for (std::thread& reader : readers) reader.join();
  ends = true;
  writer.join();
}

TEST(HeldPullTest, the_end_of_its_session_wakes_it_with_401) {
  LoopWorld world;
  TestClient client = world.connect();
  client.ask("/wait?1");
  ASSERT_TRUE(world.holds(1));
  world.handler.end_session();
  EXPECT_EQ(client.answer().status, 401);
}

TEST(HeldPullTest, the_end_of_its_users_sessions_wakes_it) {
  LoopWorld world;
  TestClient client = world.connect();
  client.ask("/wait?1");
  ASSERT_TRUE(world.holds(1));
  world.handler.session_lives = false;
  world.hub.end_user(UserId({1, 1}));
  EXPECT_EQ(client.answer().status, 401);
}

TEST(HeldPullTest, a_session_that_ends_between_reading_and_parking_is_noticed) {
  LoopWorld world;
  world.handler.after_reading = [&] {
    if (world.handler.session_lives) world.handler.end_session();
  };
  TestClient client = world.connect();
  client.ask("/wait?1");
  EXPECT_EQ(client.answer().status, 401);
}

TEST(HeldPullTest, a_client_that_goes_is_noticed_at_once) {
  LoopWorld world;
  TestClient one = world.connect();
  TestClient other = world.connect();
  one.ask("/wait?1");
  other.ask("/wait?1");
  ASSERT_TRUE(world.holds(2));
  one.close();
  EXPECT_TRUE(world.holds(1));
  other.end_sending();
  EXPECT_TRUE(world.holds(0));
  EXPECT_TRUE(world.has_connections(0));
}

TEST(HeldPullTest, clients_that_go_while_they_are_woken_do_no_harm) {
  LoopWorld world;
  for (int round = 0; round < 20; ++round) {
    std::vector<TestClient> clients;
    for (int i = 0; i < 20; ++i) {
      clients.push_back(world.connect());
      clients.back().ask("/wait?" + std::to_string(world.handler.revision),
                         "Cookie: " + std::to_string(i) + "\r\n");
    }
    std::thread writer([&] { world.handler.publish(); });
    clients.clear();
    writer.join();
  }
  EXPECT_TRUE(world.holds(0));
  EXPECT_TRUE(world.has_connections(0));
}

TEST(HeldPullTest, what_is_sent_behind_it_is_answered_after_it) {
  LoopWorld world;
  TestClient client = world.connect();
  client.ask("/wait?1");
  ASSERT_TRUE(world.holds(1));
  client.send(echo);
  std::this_thread::sleep_for(50ms);
  EXPECT_EQ(world.handler.runs, 1);
  world.handler.publish();
  EXPECT_EQ(client.answer().body, "news of 2");
  EXPECT_EQ(client.answer().body, "GET /echo HTTP/1.1");
}

TEST(HeldPullTest, seventy_of_one_user_do_not_stop_anybody_else) {
  ConnectionLimits limits;
  limits.held = {.all = 100, .of_user = 32, .of_address = 100};
  LoopWorld world(limits);
  std::vector<TestClient> greedy;
  for (int i = 0; i < 70; ++i) {
    greedy.push_back(world.connect());
    greedy.back().ask("/wait?1", "Cookie: greedy\r\n");
  }
  ASSERT_TRUE(world.holds(32));
  TestClient other = world.connect();
  other.ask("/wait?1", "Cookie: other\r\n");
  ASSERT_TRUE(world.holds(33)) << "the other one's is held";
  int answered = 0;
  for (TestClient& client : greedy) answered += client.is_closed_within(0ms) ? 0 : 1;
  EXPECT_EQ(answered, 70) << "beyond the share they are answered at once, not cut off";
  world.handler.publish();
  EXPECT_EQ(other.answer().body, "news of 2");
}

TEST(HeldPullTest, one_address_does_not_take_all_places) {
  ConnectionLimits limits;
  limits.held = {.all = 100, .of_user = 100, .of_address = 3};
  LoopWorld world(limits);
  std::vector<TestClient> clients;
  for (int i = 0; i < 6; ++i) {
    clients.push_back(world.connect());
    clients.back().ask("/wait?1", "X-Address: 192.0.2.1\r\n");
  }
  ASSERT_TRUE(world.holds(3));
  TestClient other = world.connect();
  other.ask("/wait?1", "X-Address: 192.0.2.2\r\n");
  EXPECT_TRUE(world.holds(4));
}

ConnectionLimits impatient() {
  ConnectionLimits limits;
  limits.deadlines.head = 500ms;
  limits.deadlines.body = 500ms;
  limits.deadlines.idle = 300ms;
  limits.deadlines.farewell = 200ms;
  limits.deadlines.stalled = 300ms;
  return limits;
}

TEST(SlowClientTest, who_drips_a_head_or_a_body_is_told_408_in_time) {
  LoopWorld world(impatient());
  TestClient head = world.connect();
  TestClient body = world.connect();
  head.send("GET /echo HTTP/1.1\r\nX: ");
  body.send("POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\n");
  const auto began = Clock::now();
  for (int i = 0; i < 20; ++i) {
    head.send("a");
    body.send("a");
    std::this_thread::sleep_for(50ms);
  }
  EXPECT_EQ(head.answer().status, 408);
  EXPECT_EQ(body.answer().status, 408);
  EXPECT_LT(Clock::now() - began, 5s);
  EXPECT_TRUE(world.has_connections(0));
}

TEST(SlowClientTest, hundreds_of_drips_do_not_keep_anybody_waiting) {
  ConnectionLimits limits;
  limits.workers = 1;
  LoopWorld world(limits);
  std::vector<TestClient> drips;
  for (int i = 0; i < 300; ++i) {
    drips.push_back(world.connect());
    drips.back().send("GET /echo HTTP/1.1\r\nX: ");
  }
  TestClient client = world.connect();
  for (int i = 0; i < 50; ++i) {
    for (std::size_t n = 0; n < drips.size(); n += 10) drips[n].send("a");
    const auto asked = Clock::now();
    client.ask("/echo");
    ASSERT_EQ(client.answer().status, 200);
    EXPECT_LT(Clock::now() - asked, 2s);
  }
}

TEST(SlowClientTest, the_silent_and_the_idle_are_closed) {
  LoopWorld world(impatient());
  TestClient silent = world.connect();
  TestClient idle = world.connect();
  idle.ask("/echo");
  EXPECT_EQ(idle.answer().status, 200);
  EXPECT_TRUE(idle.is_closed_within(3s));
  EXPECT_TRUE(silent.is_closed_within(3s));
}

TEST(SlowClientTest, slow_readers_are_cut_when_their_answers_fill_the_memory) {
  ConnectionLimits limits = impatient();
  limits.answer_bytes = 4 * 1024 * 1024;  // what one of them holds is too much already
  LoopWorld world(limits);
  std::vector<TestClient> slow;
  for (int i = 0; i < 5; ++i) {
    slow.push_back(world.connect(4'096));
    slow.back().ask("/big?8000000");
  }
  EXPECT_TRUE(world.has_connections(0));
  TestClient client = world.connect();
  client.ask("/echo");
  EXPECT_EQ(client.answer().status, 200);
}

TEST(SlowClientTest, a_large_answer_arrives_whole) {
  LoopWorld world;
  TestClient client = world.connect(4'096);
  client.ask("/big?3000000");
  client.ask("/echo");
  EXPECT_EQ(client.answer().body.size(), 3'000'000U);
  EXPECT_EQ(client.answer().status, 200);
}

TEST(ConnectionLimitTest, one_more_is_told_so_and_closed) {
  ConnectionLimits limits;
  limits.connections = 3;
  LoopWorld world(limits);
  std::vector<TestClient> clients;
  clients.reserve(3);
  for (int i = 0; i < 3; ++i) clients.push_back(world.connect());
  ASSERT_TRUE(world.has_connections(3));
  TestClient one_more = world.connect();
  EXPECT_EQ(one_more.answer().status, 503);
  clients.pop_back();
  ASSERT_TRUE(world.has_connections(2));
  TestClient next = world.connect();
  next.ask("/echo");
  EXPECT_EQ(next.answer().status, 200);
}

TEST(ConnectionLimitTest, one_address_has_its_share) {
  ConnectionLimits limits;
  limits.of_address = 2;
  LoopWorld world(limits);
  TestClient one = world.connect();
  TestClient two = world.connect();
  ASSERT_TRUE(world.has_connections(2));
  TestClient three = world.connect();
  EXPECT_EQ(three.answer().status, 503);
}

TEST(ConnectionLimitTest, after_so_many_requests_a_connection_ends) {
  ConnectionLimits limits;
  limits.requests_of_connection = 2;
  LoopWorld world(limits);
  TestClient client = world.connect();
  client.send(echo + echo + echo);
  EXPECT_EQ(client.answer().head.find("Connection: close"), std::string::npos);
  EXPECT_NE(client.answer().head.find("Connection: close"), std::string::npos);
  EXPECT_TRUE(client.is_closed_within(5s));
}

TEST(ConnectionLimitTest, it_goes_on_after_the_descriptors_have_run_out) {
  LoopWorld world;
  rlimit before{};
  ::getrlimit(RLIMIT_NOFILE, &before);
  rlimit small = before;
  small.rlim_cur = 200;
  ::setrlimit(RLIMIT_NOFILE, &small);
  std::vector<TestClient> clients;  // they take descriptors of the same process
  clients.reserve(200);
  for (int i = 0; i < 200; ++i) clients.push_back(world.connect());
  std::this_thread::sleep_for(300ms);
  while (clients.size() > 20) clients.pop_back();
  ::setrlimit(RLIMIT_NOFILE, &before);
  TestClient client = world.connect();
  client.ask("/echo");
  EXPECT_EQ(client.answer().status, 200);
  EXPECT_EQ(connections_for(200), 72U);
  EXPECT_EQ(connections_for(10), 16U);
}

TEST(StopTest, all_that_is_held_is_answered) {
  LoopWorld world;
  std::vector<TestClient> held;
  for (int i = 0; i < 100; ++i) {
    held.push_back(world.connect());
    held.back().ask("/wait?1", "Cookie: " + std::to_string(i) + "\r\n");
  }
  ASSERT_TRUE(world.holds(100));
  const auto began = Clock::now();
  world.stop();
  EXPECT_LT(Clock::now() - began, 5s);
  for (TestClient& client : held) {
    const Response response = client.answer();
    EXPECT_EQ(response.body, "news of 1");
    EXPECT_NE(response.head.find("Connection: close"), std::string::npos);
  }
}

TEST(StopTest, what_runs_is_answered_and_what_drips_does_not_hold_it_up) {
  ConnectionLimits limits;
  limits.deadlines.stop = 1s;
  LoopWorld world(limits);
  TestClient running = world.connect();
  running.send("POST /slow HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n");
  TestClient drips = world.connect();
  drips.send("GET /echo HTTP/1.1\r\nX: ");
  while (world.handler.runs == 0) std::this_thread::sleep_for(1ms);
  const auto began = Clock::now();
  world.stop();
  EXPECT_LT(Clock::now() - began, 5s);
  EXPECT_EQ(running.answer().status, 200);
}

TEST(StopTest, an_outcome_that_comes_too_late_does_no_harm) {
  for (int i = 0; i < 20; ++i) {
    LoopWorld world;
    TestClient client = world.connect();
    client.send("POST /later HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n");
    world.stop();
  }
}

}  // namespace
}  // namespace yuanyue
