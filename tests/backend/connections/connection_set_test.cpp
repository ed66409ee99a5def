// The loop's steps one by one: what two threads and a network do in an order that nobody chooses.
#include "backend/connections/connection_set.h"

#include <boost/asio/write.hpp>
#include <gtest/gtest.h>
#include <poll.h>

#include "tests/backend/connections/loop_world.h"

namespace yuanyue {
namespace {

namespace asio = boost::asio;

// Has every request in hand until it is answered; the loop runs a step at a time.
class SetWorld : public ConnectionEvents {
 public:
  SetWorld() : set(loop, *this, handler_, {}) {
    asio::ip::tcp::acceptor acceptor(loop, {asio::ip::address_v4::loopback(), 0});
    client.connect(acceptor.local_endpoint());
    set.add(acceptor.accept());
  }

  void request_came(Connection& connection, CanonicalRequest request) override {
    targets.push_back(request.target);
    connection.stage = Connection::Stage::held;
    set.watch(connection);
    asked = connection.shared_from_this();
  }
  void hold_is_over(Connection&) override {}
  void answer_taken() override {}
  void closed(Connection&) override {}

  void send(const std::string& bytes) { asio::write(client, asio::buffer(bytes)); }
  void ask(const std::string& target) { send("GET " + target + " HTTP/1.1\r\nHost: x\r\n\r\n"); }
  // Takes what the server wrote, as far as it has come.
  void receive() {
    std::string bytes(1024 * 1024, '\0');
    boost::system::error_code error;
    client.non_blocking(true);
    client.read_some(asio::buffer(bytes), error);
  }
  void run() {
    loop.restart();
    while (loop.poll_one() > 0) {
    }
  }
  // The bytes are at the server, which has not looked yet.
  static bool has_come(Connection& connection) {
    pollfd watched{connection.socket.native_handle(), POLLIN, 0};
    return ::poll(&watched, 1, 5'000) == 1;
  }
  void run_until_asked(std::size_t count) {
    for (int i = 0; i < 1000 && targets.size() < count; ++i) {
      loop.restart();
      loop.run_one_for(std::chrono::milliseconds(10));
    }
  }

  asio::io_context loop;
  std::vector<std::string> targets;  // in the order in which they came
  std::shared_ptr<Connection> asked;

 private:
  ChangeHub hub_;
  TestHandler handler_{hub_};

 public:
  ConnectionSet set;
  asio::ip::tcp::socket client{loop};
};

const std::string answer = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n";

TEST(ConnectionSetTest, what_comes_while_a_hold_ends_stays_behind_what_came_before) {
  SetWorld world;
  world.ask("/held");
  world.run_until_asked(1);
  ASSERT_EQ(world.targets.size(), 1U);
  const auto connection = world.asked;
  world.ask("/second");
  for (int i = 0; i < 1000 && connection->unparsed.empty(); ++i) {
    world.loop.restart();
    world.loop.run_one_for(std::chrono::milliseconds(10));
  }
  ASSERT_FALSE(connection->unparsed.empty());
  // The third can be read before the loop gets round to the second.
  asio::post(world.loop, [&] {
    world.ask("/third");
    ASSERT_TRUE(SetWorld::has_come(*connection));
    asio::post(world.loop, [&] { world.set.begin_answer(*connection, answer); });
  });
  for (std::size_t count = 2; count <= 3; ++count) {
    world.run_until_asked(count);
    ASSERT_EQ(world.targets.size(), count);
    if (count == 2) world.set.begin_answer(*connection, answer);
  }
  EXPECT_EQ(world.targets, (std::vector<std::string>{"/held", "/second", "/third"}));
}

TEST(ConnectionSetTest, an_idle_connection_keeps_nothing_of_its_last_answer) {
  SetWorld world;
  world.ask("/big");
  world.run_until_asked(1);
  ASSERT_EQ(world.targets.size(), 1U);
  const auto connection = world.asked;
  const std::string body(4 * 1024 * 1024, 'x');
  world.set.begin_answer(*connection, "HTTP/1.1 200 OK\r\nContent-Length: " +
                                          std::to_string(body.size()) + "\r\n\r\n" + body);
  for (int i = 0; i < 100'000 && connection->stage != Connection::Stage::idle; ++i) {
    world.receive();
    world.run();
  }
  ASSERT_EQ(connection->stage, Connection::Stage::idle);
  EXPECT_LT(connection->answer.capacity() + connection->request.capacity() +
                connection->unparsed.capacity(),
            1024U);
  EXPECT_EQ(world.set.untaken_bytes(), 0U);
}

}  // namespace
}  // namespace yuanyue
