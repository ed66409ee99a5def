// The puller alone: when it asks, how long it may be held, and what answers do to its cookie.
#include "core/sync/puller.h"

#include <gtest/gtest.h>

#include "tests/core/sync/replica_harness.h"

namespace yuanyue::sync {
namespace {

using worlds::uuid;

const Instant start = worlds::at("2026-11-23 09:00");

struct PullerTest : testing::Test {
  // What goes out now; none: nothing.
  std::optional<wire::PullRequest> pull() {
    const std::size_t before = transport.sent.size();
    puller.start(client, now);
    if (transport.sent.size() == before) return std::nullopt;
    ticket = transport.sent.back().ticket;
    const std::string query = transport.sent.back().path;
    const auto value = [&](std::string_view name) {
      const std::size_t at = query.find(std::string(name) + "=");
      const std::size_t begin = at + name.size() + 1;
      return std::string_view(query).substr(begin,
                                            std::min(query.find('&', begin), query.size()) - begin);
    };
    wire::PullRequest request;
    request.cookie = query.find("cookie=") == std::string::npos ? "" : value("cookie");
    request.wait_ms = std::stoll(std::string(value("wait_ms")));
    return request;
  }
  std::int64_t wait_of_next() {
    const auto request = pull();
    return request ? request->wait_ms : -1;
  }
  PullAnswer answer(const std::string& cookie, bool reset = false) {
    wire::PullResponse response;
    response.server_now = now;
    response.cookie = cookie;
    response.reset = reset;
    return answer(TransportAnswer{200, wire::encode(response), 0});
  }
  PullAnswer answer(const TransportAnswer& with) {
    EXPECT_TRUE(puller.awaits(ticket));
    return puller.take_answer(with, now);
  }
  PullAnswer answer(wire::ErrorCode code, std::int64_t retry_after_ms = 0) {
    return answer(TransportAnswer{wire::http_status(code),
                                  wire::encode(wire::ErrorBody{code, "", ""}), retry_after_ms});
  }
  void sync() {
    pull();
    answer("1.1.1.5", true);
  }
  // A command with its result, whose rows have not come.
  void accept_command() {
    Replica::Pending pending;
    pending.entry = {1, CommandId(uuid(0x0B, 1)), start, CancelBooking{}};
    pending.result = wire::CommandResult{1, pending.entry.id, true, 6, std::nullopt};
    replica.add(std::move(pending));
    puller.expect_rows(now);
  }

  Instant now = start;
  ClientId client{uuid(0xC1, 1)};
  FakeTransport transport;
  Link link{transport, {}, IdSource(uuid(0x5EED, 1))};
  Replica replica;
  ServerClock clock;
  Puller puller{link, replica, clock};
  TransportTicket ticket = 0;
};

TEST_F(PullerTest, TheFirstOneIsAnsweredAtOnceAndTheNextIsHeld) {
  auto request = pull();
  ASSERT_TRUE(request);
  EXPECT_EQ(request->wait_ms, 0);
  EXPECT_EQ(request->cookie, "");
  EXPECT_FALSE(pull()) << "one at a time";
  EXPECT_EQ(puller.next_wake(), never);
  EXPECT_FALSE(puller.has_replica());
  EXPECT_EQ(answer("1.1.1.5", true).kind, PullAnswer::Kind::news);
  EXPECT_TRUE(puller.has_replica());
  EXPECT_EQ(puller.last_synced_at(), now);
  request = pull();
  ASSERT_TRUE(request);
  EXPECT_EQ(request->wait_ms, 25'000);
  EXPECT_EQ(request->cookie, "1.1.1.5");
}

TEST_F(PullerTest, AnotherSessionAsksAtOnceAgain) {
  sync();
  puller.start_session();
  EXPECT_EQ(wait_of_next(), 0);
}

TEST_F(PullerTest, AfterAFailureTheNextIsNotHeldUntilOneSucceeds) {
  sync();
  for (const TransportAnswer& failure :
       {TransportAnswer{}, TransportAnswer{502, "proxy", 0}, TransportAnswer{200, "<html>", 0},
        TransportAnswer{200, "{\"cookie\":\"x\"}", 0}}) {
    const Instant synced = now;
    ASSERT_EQ(wait_of_next(), 25'000);
    now = now + 10'000;
    EXPECT_EQ(answer(failure).kind, PullAnswer::Kind::waits);
    EXPECT_EQ(puller.failures(), 1);
    EXPECT_EQ(puller.cookie(), "1.1.1.5");
    EXPECT_EQ(puller.last_synced_at(), synced);
    EXPECT_FALSE(pull()) << "not at once";
    now = puller.next_wake();
    EXPECT_EQ(wait_of_next(), 0);
    answer("1.1.1.5");
    EXPECT_EQ(puller.failures(), 0);
  }
}

TEST_F(PullerTest, AServerThatDoesNotHoldIsAskedNowAndThen) {
  sync();
  ASSERT_EQ(wait_of_next(), 25'000);
  now = now + 300;
  EXPECT_EQ(answer("1.1.1.5").kind, PullAnswer::Kind::waits);
  EXPECT_EQ(puller.next_wake(), start + 2'000) << "from sending to sending";
  EXPECT_FALSE(pull());
  now = start + 2'000;
  EXPECT_EQ(wait_of_next(), 25'000);
  // News come as fast as they are.
  now = now + 1;
  EXPECT_EQ(answer("1.1.1.6").kind, PullAnswer::Kind::news);
  EXPECT_EQ(wait_of_next(), 25'000);
  // Held for long enough, the next one goes at once.
  now = now + 2'000;
  EXPECT_EQ(answer("1.1.1.6").kind, PullAnswer::Kind::waits);
  EXPECT_EQ(wait_of_next(), 25'000);
}

TEST_F(PullerTest, WithoutNewsAnAnswerMattersOnlyToWhatIsOnItsWay) {
  sync();
  pull();
  EXPECT_EQ(answer("1.1.1.5").kind, PullAnswer::Kind::waits);
  EXPECT_EQ(puller.last_synced_at(), now);
  accept_command();
  puller.ask_now(now);
  pull();
  EXPECT_EQ(answer("1.1.1.5").kind, PullAnswer::Kind::news);
  // A reset is one even where the cookie is the same.
  replica.clear();
  puller.ask_now(now);
  pull();
  EXPECT_EQ(answer("1.1.1.5", true).kind, PullAnswer::Kind::news);
}

TEST_F(PullerTest, GivesUpWaitingWhenRowsAreLate) {
  sync();
  ASSERT_EQ(wait_of_next(), 25'000);
  now = now + 10'000;
  accept_command();
  EXPECT_EQ(puller.next_wake(), now + 1'000);
  now = now + 999;
  puller.give_up_waiting(now);
  EXPECT_TRUE(puller.awaits(ticket));
  now = now + 1;
  puller.give_up_waiting(now);
  EXPECT_FALSE(puller.awaits(ticket));
  EXPECT_TRUE(transport.sent.back().is_aborted);
  EXPECT_EQ(wait_of_next(), 0);
  // What is not held is not given up, however slow.
  now = now + 10'000;
  EXPECT_EQ(puller.next_wake(), never);
  puller.give_up_waiting(now);
  EXPECT_TRUE(puller.awaits(ticket));
}

TEST_F(PullerTest, WaitsAsLongAsNothingIsExpected) {
  sync();
  ASSERT_EQ(wait_of_next(), 25'000);
  now = now + 24'000;
  EXPECT_EQ(puller.next_wake(), never);
  puller.give_up_waiting(now);
  EXPECT_TRUE(puller.awaits(ticket));
}

TEST_F(PullerTest, AskedForNewsItGivesUpOnlyAHeldPull) {
  ASSERT_EQ(wait_of_next(), 0);
  puller.ask_now(now);
  EXPECT_TRUE(puller.awaits(ticket)) << "it asks already";
  answer("1.1.1.5", true);
  ASSERT_EQ(wait_of_next(), 25'000);
  puller.ask_now(now);
  EXPECT_FALSE(puller.awaits(ticket));
  EXPECT_EQ(wait_of_next(), 0);
}

TEST_F(PullerTest, ACookieThatCannotBeReadIsForgottenButNotTheRows) {
  sync();
  pull();
  EXPECT_EQ(answer(wire::ErrorCode::malformed).kind, PullAnswer::Kind::waits);
  EXPECT_EQ(puller.cookie(), "");
  EXPECT_TRUE(puller.has_replica());
  now = puller.next_wake();
  const auto request = pull();
  ASSERT_TRUE(request);
  EXPECT_EQ(request->cookie, "");
}

TEST_F(PullerTest, KeepsToWhatTheServerAsksForAndCountsAsFailing) {
  pull();
  answer(wire::ErrorCode::too_many_requests, 60'000);
  EXPECT_EQ(puller.next_wake(), now + 60'000);
  EXPECT_EQ(puller.failures(), 1);
}

TEST_F(PullerTest, StopsForWhatItCannotMend) {
  struct Line {
    wire::ErrorCode code;
    PullAnswer::Kind kind;
    Demand demand;
  };
  const Line lines[] = {
      {wire::ErrorCode::unauthenticated, PullAnswer::Kind::stopped, Demand::sign_in},
      {wire::ErrorCode::wrong_user, PullAnswer::Kind::stopped, Demand::right_user},
      {wire::ErrorCode::password_change_required, PullAnswer::Kind::stopped, Demand::new_password},
      {wire::ErrorCode::protocol_too_old, PullAnswer::Kind::stopped, Demand::newer_page},
      {wire::ErrorCode::unknown_client, PullAnswer::Kind::renew, Demand::patience},
  };
  for (const Line& line : lines) {
    ASSERT_TRUE(pull());
    const PullAnswer came = answer(line.code);
    EXPECT_EQ(came.kind, line.kind);
    EXPECT_EQ(came.demand, line.demand);
    EXPECT_EQ(puller.failures(), 0);
  }
}

TEST_F(PullerTest, LearnsTheServersClockFromWhatItIsTold) {
  pull();
  wire::PullResponse response;
  response.cookie = "1.1.1.5";
  response.reset = true;
  now = start + 200;
  response.server_now = now + 50'000;
  answer(TransportAnswer{200, wire::encode(response), 0});
  EXPECT_EQ(clock.at(now) - now, 50'100);
  // A held one travels for a time that nobody knows.
  pull();
  now = now + 20'000;
  response.reset = false;
  response.server_now = now + 50'500;
  answer(TransportAnswer{200, wire::encode(response), 0});
  EXPECT_EQ(clock.at(now) - now, 50'100);
}

}  // namespace
}  // namespace yuanyue::sync
