// Several tabs work through one: what must hold whoever dies, and whatever comes late or twice.
#include <set>

#include <gtest/gtest.h>

#include "core/sync/storage_text.h"
#include "tests/core/support/kinds.h"
#include "tests/core/sync/sync_test.h"
#include "tests/web/app/tab_world.h"

namespace yuanyue::web::app {
namespace {

using sync::afternoon;
using sync::morning;
using sync::next_day;
using worlds::alpha;
using worlds::beta;

struct TabsTest : testing::Test {
  AnyCommand book(const BlockKey& block) {
    return BookAppointment{BookingId(worlds::uuid(0xB0, ++bookings)), block};
  }
  // The id of the command, which this tab has given.
  static CommandId given(Tab& tab, AnyCommand command) {
    const auto submission = tab.submit(std::move(command));
    if (!submission) {
      ADD_FAILURE() << "refused: " << submission.error().code.name();
      return {};
    }
    return tab.client.pending().back().entry.id;
  }
  bool all_equal_server() {
    for (const auto& tab : world.tabs) {
      if (wire::state_hash(tab->client.state()) != world.server.visible_hash(tab->user))
        return false;
    }
    return true;
  }
  // Nothing waits anywhere, and everybody shows what the server has.
  void expect_rest() {
    EXPECT_TRUE(all_equal_server());
    EXPECT_TRUE(world.disk.kept.outbox.empty());
    for (const auto& tab : world.tabs) EXPECT_EQ(tab->client.status().pending, 0U) << tab->name;
  }
  static bool is(const Post& post, std::string_view kind) { return post.text.starts_with(kind); }

  std::uint64_t bookings = 0;
  TabWorld world;
};

TEST_F(TabsTest, OnlyTheLeaderSpeaksToTheServer) {
  Tab& leader = world.open("a");
  Tab& follower = world.open("b");
  EXPECT_TRUE(all_equal_server());
  const CommandId id = given(follower, book(morning));
  EXPECT_TRUE(follower.client.state().count<Booking>() == 1) << "shown at once";
  world.settle();
  EXPECT_EQ(world.server.executed(), 1);
  EXPECT_EQ(follower.to_server.pushes + follower.to_server.pulls, 0);
  EXPECT_EQ(leader.client.state().count<Booking>(), 1U);
  EXPECT_GE(world.count_events(id), 1U);
  expect_rest();
}

TEST_F(TabsTest, WhatWaitsInOneTabWaitsInAll) {
  world.open("a");
  Tab& one = world.open("b");
  Tab& other = world.open("c");
  world.server_answers = false;
  world.run_for(60'000);
  given(one, book(morning));
  world.settle();
  for (const auto& tab : world.tabs) {
    EXPECT_EQ(tab->client.status().pending, 1U) << tab->name;
    EXPECT_EQ(tab->client.status().connection, sync::Connection::offline) << tab->name;
    EXPECT_EQ(tab->client.state().count<Booking>(), 1U);
  }
  EXPECT_EQ(other.client.status().unsaved, 0U) << "the leader has it on its disk";
  world.server_answers = true;
  world.run_for(60'000);
  EXPECT_EQ(world.server.executed(), 1);
  expect_rest();
  EXPECT_EQ(one.client.status().connection, sync::Connection::online);
}

TEST_F(TabsTest, ARefusalReachesWhoGaveTheCommand) {
  world.open("a");
  Tab& follower = world.open("b");
  const std::deque<Post> before = world.posts;
  const CommandId id = given(follower, book(morning));
  sync::fill(world.server, morning);  // before it comes there
  world.settle();
  const auto refused = std::ranges::find_if(follower.events, [&](const sync::SyncEvent& event) {
    const auto* each = std::get_if<sync::CommandRefused>(&event);
    return each != nullptr && each->id == id;
  });
  ASSERT_NE(refused, follower.events.end());
  EXPECT_EQ(std::get<sync::CommandRefused>(*refused).rejection.code, refusals::block_full);
  expect_rest();
}

TEST_F(TabsTest, CommandsOfOneTabAreDecidedInItsOrder) {
  Tab& leader = world.open("a");
  Tab& follower = world.open("b");
  const BookingId moved(worlds::uuid(0xB1, 1));
  given(follower, BookAppointment{moved, morning});
  given(follower, RescheduleBooking{moved, morning, afternoon});
  given(leader, book(worlds::licence_block("2026-11-27 09:00")));
  given(follower, RescheduleBooking{moved, afternoon, next_day});
  given(follower, CancelBooking{moved, next_day, ""});
  world.settle();
  EXPECT_EQ(world.server.executed(), 5);
  const Booking* row = world.server.state().find(moved);
  ASSERT_NE(row, nullptr);
  EXPECT_EQ(row->status, BookingStatus::cancelled);
  expect_rest();
}

// --- a leader dies -----------------------------------------------------------------------------

TEST_F(TabsTest, ACommandThatTheDeadLeaderNeverGotIsNotLost) {
  Tab& leader = world.open("a");
  Tab& follower = world.open("b");
  given(follower, book(morning));
  ASSERT_FALSE(world.posts.empty());
  world.close(leader);
  EXPECT_TRUE(world.posts.empty());
  world.run_for(60'000);
  EXPECT_EQ(follower.role, Tab::Role::leading);
  EXPECT_EQ(world.server.executed(), 1);
  expect_rest();
}

TEST_F(TabsTest, ACommandThatTheDeadLeaderHadKeptGoesOnce) {
  Tab& leader = world.open("a");
  world.open("b");
  Tab& giver = world.open("c");
  world.server_answers = false;
  given(giver, book(morning));
  world.settle();
  ASSERT_EQ(world.disk.kept.outbox.size(), 1U);
  world.close(leader);
  world.server_answers = true;
  world.run_for(60'000);
  EXPECT_EQ(world.find("b")->role, Tab::Role::leading);
  EXPECT_EQ(giver.role, Tab::Role::following);
  EXPECT_EQ(world.server.executed(), 1);
  expect_rest();
}

// At each message of the way of a command the leader may die behind it.
TEST_F(TabsTest, ALeaderMayDieAtAnyMessage) {
  for (std::size_t allowed = 0; allowed < 12; ++allowed) {
    TabWorld fresh;
    Tab& leader = fresh.open("a");
    fresh.open("b");
    Tab& giver = fresh.open("c");
    const CommandId id = given(giver, book(morning));
    std::size_t seen = 0;
    fresh.copies = [&](const Post&) { return seen++ < allowed ? 1 : 0; };
    fresh.settle();
    fresh.copies = nullptr;
    fresh.close(leader);
    fresh.run_for(120'000);
    EXPECT_EQ(fresh.server.executed(), 1) << allowed;
    EXPECT_TRUE(std::ranges::any_of(giver.events, [&](const sync::SyncEvent& event) {
      const auto* confirmed = std::get_if<sync::CommandConfirmed>(&event);
      return confirmed != nullptr && confirmed->id == id;
    })) << allowed;
    for (const auto& tab : fresh.tabs) {
      EXPECT_EQ(tab->client.status().pending, 0U) << allowed << tab->name;
      EXPECT_EQ(wire::state_hash(tab->client.state()), fresh.server.visible_hash(alpha.user));
    }
  }
}

TEST_F(TabsTest, ATabThatClosesTakesOnlyItsQuestionsAlong) {
  world.open("a");
  Tab& gone = world.open("b");
  world.open("c");
  given(gone, book(morning));
  world.close(gone);  // what it has said is on its way
  world.run_for(60'000);
  EXPECT_EQ(world.server.executed(), 1);
  expect_rest();
}

// --- two leaders -------------------------------------------------------------------------------

// One was asleep, and its lock was stolen: for a moment both believe that they lead.
TEST_F(TabsTest, OneThatLedAndDoesNotKnowChangesNothing) {
  Tab& old = world.open("a");
  Tab& other = world.open("b");
  Tab& third = world.open("c");
  world.hand_over(other);
  ASSERT_EQ(old.role, Tab::Role::leading);
  given(old, book(morning));
  given(third, book(afternoon));
  world.run_for(5'000);
  EXPECT_EQ(world.server.executed(), 2);
  EXPECT_EQ(old.checks + other.checks, 0) << "what leaders tell all is nothing to a leader";
  old.lose_leader();
  old.follow(other.name);
  world.run_for(120'000);
  EXPECT_EQ(world.server.executed(), 2);
  expect_rest();
}

// Both count from what the one disk says, under one client id.
TEST_F(TabsTest, TwoLeadersMayUseOneNumberForTwoCommands) {
  Tab& old = world.open("a");
  Tab& other = world.open("b");
  world.server_answers = false;
  world.hand_over(other);
  world.settle();
  given(old, book(morning));
  given(other, book(afternoon));
  world.server_answers = true;
  world.run_for(5'000);
  old.lose_leader();
  old.follow(other.name);
  world.run_for(120'000);
  EXPECT_EQ(world.server.executed(), 2);
  EXPECT_EQ(world.server.state().count<Booking>(), 2U);
  expect_rest();
}

// --- messages that are lost, late, doubled or damaged ------------------------------------------

TEST_F(TabsTest, EveryMessageMayComeTwice) {
  world.copies = [](const Post&) { return 2; };
  Tab& leader = world.open("a");
  Tab& one = world.open("b");
  Tab& other = world.open("c");
  std::set<CommandId> ids;
  ids.insert(given(one, book(morning)));
  ids.insert(given(other, book(afternoon)));
  world.settle();
  ids.insert(given(leader, CancelBooking{BookingId(worlds::uuid(0xB0, 1)), morning, ""}));
  world.settle();
  ids.insert(given(one, book(next_day)));
  world.settle();
  world.run_for(60'000);
  EXPECT_EQ(world.server.executed(), 4);
  for (const CommandId& id : ids) {
    for (const auto& tab : world.tabs) {
      EXPECT_LE(std::ranges::count_if(tab->events,
                                      [&](const sync::SyncEvent& event) {
                                        const auto* confirmed =
                                            std::get_if<sync::CommandConfirmed>(&event);
                                        return confirmed != nullptr && confirmed->id == id;
                                      }),
                1);
    }
  }
  expect_rest();
}

// Each kind of message is lost for a while; the follower asks again.
TEST_F(TabsTest, WhatIsLostIsAskedForAgain) {
  for (const char* kind : {"push ", "pull ", "answer ", "now ", "abort ", "outbox ", "online "}) {
    TabWorld fresh;
    fresh.open("a");
    Tab& follower = fresh.open("b");
    const CommandId id = given(follower, book(morning));
    fresh.copies = [&](const Post& post) { return is(post, kind) ? 0 : 1; };
    fresh.run_for(20'000);
    fresh.copies = nullptr;
    fresh.run_for(120'000);
    EXPECT_EQ(fresh.server.executed(), 1) << kind;
    EXPECT_EQ(follower.client.status().pending, 0U) << kind;
    EXPECT_EQ(wire::state_hash(follower.client.state()), fresh.server.visible_hash(alpha.user))
        << kind;
    EXPECT_TRUE(std::ranges::any_of(follower.events, [&](const sync::SyncEvent& event) {
      const auto* confirmed = std::get_if<sync::CommandConfirmed>(&event);
      return confirmed != nullptr && confirmed->id == id;
    })) << kind;
  }
}

TEST_F(TabsTest, ALatePushIsOnlyAnOldQuestion) {
  world.open("a");
  Tab& follower = world.open("b");
  given(follower, book(morning));
  std::vector<Post> held;
  world.copies = [&](const Post& post) {
    if (!is(post, "push ")) return 1;
    held.push_back(post);
    return held.size() == 1 ? 0 : 1;
  };
  world.run_for(60'000);
  EXPECT_EQ(world.server.executed(), 1);
  expect_rest();
  given(follower, CancelBooking{BookingId(worlds::uuid(0xB0, 1)), morning, ""});
  world.settle();
  ASSERT_GE(held.size(), 2U);
  world.posts.push_back(held.front());  // now it comes
  world.run_for(60'000);
  EXPECT_EQ(world.server.executed(), 2);
  expect_rest();
}

TEST_F(TabsTest, ALateAnswerIsNobodys) {
  world.open("a");
  Tab& follower = world.open("b");
  std::vector<Post> held;
  world.copies = [&](const Post& post) {
    if (!is(post, "answer ")) return 1;
    held.push_back(post);
    return 0;
  };
  given(follower, book(morning));
  world.run_for(20'000);
  ASSERT_FALSE(held.empty());
  world.copies = nullptr;
  world.run_for(60'000);
  const std::uint64_t version = follower.client.version();
  for (const Post& post : held) world.posts.push_back(post);
  world.settle();
  EXPECT_EQ(follower.client.version(), version);
  expect_rest();
}

TEST_F(TabsTest, DamagedMessagesDoNoHarm) {
  world.open("a");
  Tab& follower = world.open("b");
  std::uint64_t chance = 1;
  world.copies = [&](const Post& post) {
    chance = chance * 6364136223846793005U + 1442695040888963407U;
    Post damaged = post;
    // In the line that says what it is; a body that arrives at all is as it was sent.
    damaged.text[(chance >> 33U) % (post.text.find('\n') + 1)] = static_cast<char>(chance >> 56U);
    world.deliver(damaged);
    return 1;
  };
  given(follower, book(morning));
  world.run_for(3'000);
  given(follower, CancelBooking{BookingId(worlds::uuid(0xB0, 1)), morning, ""});
  given(follower, book(afternoon));
  world.run_for(3'000);
  world.copies = nullptr;
  world.run_for(120'000);
  EXPECT_EQ(world.server.executed(), 3);
  expect_rest();
}

TEST_F(TabsTest, ABodyThatCannotBeReadIsAnswered) {
  Tab& leader = world.open("a");
  world.open("b");
  leader.take({"b", "a", to_text(TabQuestion{TabQuestion::Kind::push, alpha.user, 900, "{"})});
  leader.take({"b", "a", to_text(TabQuestion{TabQuestion::Kind::pull, alpha.user, 901, "?%4"})});
  leader.take({"b", "a", to_text(TabQuestion{TabQuestion::Kind::keep, alpha.user, 902, "?\n"})});
  std::vector<TabMessage> answers;
  answers.reserve(world.posts.size());
  for (const Post& post : world.posts) answers.push_back(*parse_tab_message(post.text));
  ASSERT_EQ(answers.size(), 3U);
  EXPECT_EQ(std::get<TabAnswer>(answers[0]).status, 400);
  const auto& rows = std::get<TabAnswer>(answers[1]);
  const auto response = wire::decode_pull_response(rows.body);
  ASSERT_TRUE(response.has_value());
  EXPECT_TRUE(response->reset) << "without a cookie: everything";
  EXPECT_EQ(std::get<TabKept>(answers[2]).ticket, 902U);
}

// A leader of an older build does not know every command: it must not say that it has it.
TEST_F(TabsTest, ACommandThatTheLeaderCannotReadIsNotKept) {
  Tab& leader = world.open("a");
  world.open("b");
  const std::string line =
      "o 5\t" + to_string(worlds::uuid(0x7AB, 5)) + "\t0\t{\"type\":\"of_tomorrow\"}\n";
  leader.take({"b", "a", to_text(TabQuestion{TabQuestion::Kind::keep, alpha.user, 902, line})});
  ASSERT_FALSE(world.posts.empty());
  EXPECT_EQ(parse_tab_message(world.posts.back().text), TabMessage(TabKept{902, false}));
}

// --- who is signed in --------------------------------------------------------------------------

TEST_F(TabsTest, WhereTwoTabsDisagreeBothAskTheServer) {
  Tab& leader = world.open("a");
  Tab& stranger = world.open("b", beta.user);
  EXPECT_GE(leader.checks, 1);
  EXPECT_GE(stranger.checks, 1);
  EXPECT_FALSE(stranger.client.status().has_replica) << "no row of another user";
  EXPECT_EQ(stranger.client.state().count<Booking>(), 0U);
  given(leader, book(morning));
  world.run_for(60'000);
  EXPECT_FALSE(stranger.client.status().has_replica);
  EXPECT_EQ(stranger.client.status().pending, 0U) << "nor what waits";
}

TEST_F(TabsTest, AFollowerLearnsFromTheLeaderWhoIsSignedIn) {
  world.open("a");
  Tab& follower = world.open("b");
  world.server_answers = false;
  Tab late(world, "c", UserId(), 77);
  late.role = Tab::Role::following;
  late.leads_me = "a";
  late.follower.set_following(true);
  late.follower.ask_who();
  ASSERT_TRUE(is(world.posts.back(), "who"));
  world.find("a")->take(world.posts.back());
  late.take(world.posts.back());
  EXPECT_EQ(late.client.user(), follower.client.user());
  std::erase_if(world.timers, [&](const TabWorld::Timer& timer) { return timer.tab == &late; });
}

// --- rows --------------------------------------------------------------------------------------

struct RowsTest : TabsTest {
  // The answer to a pull of tab "b" with this cookie.
  wire::PullResponse pull(const std::string& cookie) {
    const std::string path = "/api/v1/pull?client=" + to_string(worlds::uuid(0xC1, 5)) +
                             "&cookie=" + cookie + "&protocol=3&wait_ms=0";
    world.posts.clear();
    world.leading().take(
        {"b", "a", to_text(TabQuestion{TabQuestion::Kind::pull, alpha.user, 900, path})});
    for (const Post& post : world.posts) {
      const auto message = parse_tab_message(post.text);
      const auto* answer = std::get_if<TabAnswer>(&*message);
      if (answer != nullptr && answer->ticket == 900)
        return *wire::decode_pull_response(answer->body);
    }
    ADD_FAILURE() << "no answer";
    return {};
  }
};

TEST_F(RowsTest, AFollowerGetsWhatIsNewAndOnlyWhenItIsTooFarBehindEverything) {
  Tab& leader = world.open("a");
  world.open("b");
  const std::string first = leader.client.cookie();
  EXPECT_TRUE(pull(first).rows.empty());
  sync::fill(world.server, morning);
  world.run_for(3'000);
  const wire::PullResponse news = pull(first);
  EXPECT_FALSE(news.reset);
  EXPECT_FALSE(news.rows.empty());
  EXPECT_EQ(news.cookie, leader.client.cookie());
  EXPECT_TRUE(pull("1.1.1.999").reset);
  EXPECT_TRUE(pull("").reset);
  // The leader keeps only so many answers.
  for (int round = 0; round < 33; ++round) {
    const BookingId booking(worlds::uuid(0xBB, static_cast<std::uint64_t>(round)));
    ASSERT_TRUE(world.server.execute(worlds::actor(beta), BookAppointment{booking, afternoon}));
    ASSERT_TRUE(world.server.execute(worlds::actor(beta), CancelBooking{booking, afternoon, ""}));
    world.run_for(3'000);
  }
  EXPECT_TRUE(pull(first).reset);
  expect_rest();
}

}  // namespace
}  // namespace yuanyue::web::app
