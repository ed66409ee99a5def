#include "backend/engine_loop/engine_loop.h"

#include "backend/store/sqlite.h"
#include "core/appointments/booking.h"
#include "core/people/enterprise.h"
#include "core/people/save_enterprise.h"
#include "core/people/save_user.h"
#include "tests/backend/support/engine_park.h"
#include "tests/core/support/kinds.h"

namespace yuanyue {
namespace {

TEST_F(EngineLoopTest, a_failed_commit_is_undone_in_the_state_and_not_acknowledged) {
  const std::uint64_t before = state_hash();
  failing_ = true;
  const PushReply refused = push(booking(1, 1));
  EXPECT_EQ(refused.error, wire::ErrorCode::unavailable);
  EXPECT_TRUE(refused.results.empty());
  EXPECT_EQ(state_hash(), before);
  EXPECT_FALSE(engine_->healthy());
  failing_ = false;
  start({});
  EXPECT_EQ(state_hash(), before) << "nothing of it is on disk";
  EXPECT_TRUE(stores_.store->results({to_string(Uuid{100, 1})})->empty());
  EXPECT_TRUE(stores_.store->clients()->empty());

  const PushReply accepted = push(booking(1, 1));
  EXPECT_FALSE(accepted.error);
  EXPECT_TRUE(result_of(accepted).accepted);
  EXPECT_EQ(accepted.last_seq, 1U);
  EXPECT_NE(state_hash(), before);
  EXPECT_TRUE(engine_->healthy());
}

TEST_F(EngineLoopTest, what_was_committed_is_what_a_restart_loads) {
  ASSERT_TRUE(result_of(push(booking(1, 1))).accepted);
  failing_ = true;
  EXPECT_TRUE(push(booking(2, 2, "10:00")).error);
  failing_ = false;
  const std::uint64_t before = state_hash();
  start({});
  EXPECT_EQ(state_hash(), before);
  const PushReply again = push(booking(1, 1));
  EXPECT_TRUE(result_of(again).accepted);
  EXPECT_EQ(again.last_seq, 1U);
  EXPECT_EQ(state_hash(), before) << "a known command is not applied again";
}

TEST_F(EngineLoopTest, due_work_whose_commit_fails_is_done_later) {
  ASSERT_TRUE(result_of(push(booking(1, 1))).accepted);
  failing_ = true;
  const auto past_the_block = parse_instant("2026-12-01T18:00:00+08:00").value();
  ASSERT_TRUE(engine_->advance_clock(past_the_block)->get());
  const auto status = [&] {
    BookingStatus found{};
    engine_->inspect([&](const State& state) { found = state.find(BookingId({200, 1}))->status; })
        ->get();
    return found;
  };
  EXPECT_EQ(status(), BookingStatus::confirmed);
  failing_ = false;
  ASSERT_TRUE(engine_->advance_clock(past_the_block + ms_per_hour)->get());
  EXPECT_EQ(status(), BookingStatus::ended);
}

TEST_F(EngineLoopTest, the_store_is_found_well_again_without_a_command) {
  failing_ = true;
  EXPECT_TRUE(push(booking(1, 1)).error);
  failing_ = false;
  ASSERT_TRUE(engine_->advance_clock(clock_.now() + 2 * ms_per_second)->get());
  for (int i = 0; i < 300 && !engine_->healthy(); ++i) {
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
  EXPECT_TRUE(engine_->healthy());
}

TEST_F(EngineLoopTest, commits_of_another_process_are_noticed_and_read_before_going_on) {
  ASSERT_TRUE(result_of(push(booking(1, 1))).accepted);
  {
    // Somebody writes behind the lock: an enterprise's name, and the revision with it.
    SqliteConnection other(folder_.file("yuanyue.db"), SqliteAccess::read_write);
    other.execute(
        "UPDATE rows SET json = replace(json, '某企业', '另一名') WHERE kind = 'enterprise';"
        "UPDATE meta SET value = value + 1 WHERE name = 'revision'");
  }
  const PushReply refused = push(booking(2, 2, "10:00"));
  EXPECT_EQ(refused.error, wire::ErrorCode::unavailable);
  EXPECT_EQ(refused.fault, StoreFault::diverged);
  const PushReply accepted = push(booking(2, 2, "10:00"));
  EXPECT_TRUE(result_of(accepted).accepted);
  std::string name;
  engine_->inspect([&](const State& state) { name = state.find(EnterpriseId({1, 1}))->name; })
      ->get();
  EXPECT_EQ(name, "另一名") << "the state was read anew";
  EXPECT_TRUE(engine_->healthy());
  const std::uint64_t before = state_hash();
  start({});
  EXPECT_EQ(state_hash(), before) << "memory and disk are the same";
}

TEST_F(EngineLoopTest, health_says_why_and_since_when) {
  EXPECT_TRUE(engine_->health().healthy);
  failing_ = true;
  EXPECT_EQ(push(booking(1, 1)).fault, StoreFault::disk_full);
  const EngineHealth health = engine_->health();
  EXPECT_FALSE(health.healthy);
  EXPECT_EQ(health.fault, StoreFault::disk_full);
  EXPECT_EQ(health.since, clock_.now());
  failing_ = false;
  EXPECT_FALSE(push(booking(1, 1)).fault);
  EXPECT_TRUE(engine_->health().healthy);
}

TEST_F(EngineLoopTest, sequence_numbers_and_replicas_are_checked) {
  EXPECT_EQ(push(booking(2, 1)).error, wire::ErrorCode::unknown_client);
  ASSERT_TRUE(result_of(push(booking(1, 1))).accepted);
  EXPECT_EQ(push(booking(3, 3)).error, wire::ErrorCode::sequence_gap);
  PushTask foreign = booking(2, 2);
  foreign.user = UserId({9, 9});
  EXPECT_EQ(push(std::move(foreign)).error, wire::ErrorCode::wrong_user);
  EXPECT_EQ(push(booking(1, 2)).error, wire::ErrorCode::unknown_client) << "a number used twice";
}

TEST_F(EngineLoopTest, somebody_elses_command_id_neither_tells_nor_spoils_the_answer) {
  const PushReply first = push(booking(1, 1));
  PushTask theirs = booking(1, 1);
  theirs.user = UserId({9, 9});
  theirs.request.client = ClientId({10, 10});
  const wire::CommandResult told = result_of(push(std::move(theirs)));
  ASSERT_TRUE(told.rejection);
  EXPECT_EQ(told.rejection->code, refusals::already_exists);
  EXPECT_EQ(push(booking(1, 1)).results, first.results);
}

TEST_F(EngineLoopTest, a_console_task_is_all_or_nothing) {
  const std::uint64_t before = state_hash();
  Enterprise good;
  good.id = EnterpriseId({5, 5});
  good.name = "好";
  good.credit_code = "91310115MA1KRX1QQY";
  Enterprise bad = good;
  bad.id = EnterpriseId({6, 6});  // the same credit code again
  ConsoleTask task;
  task.commands = {SaveEnterprise{good}, SaveEnterprise{bad}};
  task.credentials.push_back({"u", "hash", false});
  const ConsoleReply reply = engine_->run(std::move(task))->get();
  ASSERT_TRUE(reply.rejection);
  EXPECT_EQ(reply.rejection->code, refusals::already_exists);
  EXPECT_EQ(reply.rejected_command, 1U);
  EXPECT_EQ(state_hash(), before);
  EXPECT_FALSE(stores_.auth->credential("u")->has_value());
}

TEST_F(EngineLoopTest, too_many_waiting_tasks_are_refused_at_once) {
  start({.max_waiting_tasks = 2, .max_batch_commands = 1});
  std::promise<void> release;
  std::promise<void> entered;
  auto held = engine_->inspect([&](const State&) {
    entered.set_value();
    release.get_future().wait();
  });
  entered.get_future().wait();
  auto first = engine_->push(booking(1, 1));
  auto second = engine_->push(booking(2, 2, "10:00"));
  EXPECT_TRUE(first && second);
  EXPECT_FALSE(engine_->push(booking(3, 3, "11:00")));
  release.set_value();
  EXPECT_TRUE(result_of(first->get()).accepted);
  EXPECT_TRUE(result_of(second->get()).accepted);
}

TEST_F(EngineLoopTest, a_stop_answers_what_was_accepted_and_takes_no_more) {
  std::vector<std::future<PushReply>> answers;
  for (std::uint64_t n = 1; n <= 20; ++n) answers.push_back(*engine_->push(booking(n, n)));
  engine_->stop();
  for (auto& answer : answers) EXPECT_EQ(answer.get().results.size(), 1U);
  EXPECT_FALSE(engine_->push(booking(21, 21)));
}

TEST_F(EngineLoopTest, a_user_has_at_most_so_many_clients_and_the_oldest_is_unknown_then) {
  start({.clients_per_user = 3});
  for (std::uint64_t n = 1; n <= 4; ++n) {
    PushTask task = booking(1, n);
    task.request.client = ClientId({8, n});
    EXPECT_FALSE(push(std::move(task)).error);
    ASSERT_TRUE(engine_->advance_clock(clock_.now() + ms_per_second)->get());
  }
  EXPECT_EQ(stores_.store->clients()->size(), 3U);
  const auto next_of = [&](std::uint64_t client) {
    PushTask task = booking(2, 20 + client, "10:00");
    task.request.client = ClientId({8, client});
    return push(std::move(task)).error;
  };
  for (int started = 0; started < 2; ++started) {
    EXPECT_EQ(next_of(1), wire::ErrorCode::unknown_client);
    start({.clients_per_user = 3});
  }
  EXPECT_EQ(next_of(2), std::nullopt);
  EXPECT_EQ(next_of(4), std::nullopt);
  // Under a new id its command is known by its own.
  const std::uint64_t before = state_hash();
  PushTask again = booking(1, 1);
  again.request.client = ClientId({8, 99});
  EXPECT_TRUE(result_of(push(std::move(again))).accepted);
  EXPECT_EQ(state_hash(), before) << "it is not applied again";
}

TEST_F(EngineLoopTest, a_client_not_heard_for_as_long_as_results_are_kept_is_forgotten) {
  start({.results_kept_ms = ms_per_day, .prune_every_ms = ms_per_minute});
  ASSERT_TRUE(result_of(push(booking(1, 1))).accepted);
  PushTask other = booking(1, 2);
  other.request.client = ClientId({9, 9});
  ASSERT_TRUE(engine_->advance_clock(clock_.now() + ms_per_day / 2)->get());
  push(std::move(other));
  ASSERT_TRUE(engine_->advance_clock(clock_.now() + ms_per_day * 3 / 4)->get());
  engine_->inspect([](const State&) {})->get();  // the turn before has pruned
  EXPECT_EQ(push(booking(2, 3, "10:00")).error, wire::ErrorCode::unknown_client);
  PushTask young = booking(2, 4, "11:00");
  young.request.client = ClientId({9, 9});
  EXPECT_FALSE(push(std::move(young)).error);
  ASSERT_EQ(stores_.store->clients()->size(), 1U);
  EXPECT_EQ(stores_.store->clients()->front().client, to_string(Uuid{9, 9}));
}

TEST_F(EngineLoopTest, changed_people_are_known_before_the_answer) {
  ConsoleTask task;
  User user = *directory_.user(UserId(user_id));
  user.disabled = true;
  task.commands.emplace_back(SaveUser{user});
  ASSERT_TRUE(run_console(*engine_, std::move(task)));
  EXPECT_TRUE(directory_.user(UserId(user_id))->disabled);
  EXPECT_GT(*stores_.store->reader()->view_epoch(to_string(user_id)), 0);
}

TEST(ServerClockTest, never_goes_back) {
  ServerClock clock = ServerClock::stopped_at({1'000});
  EXPECT_EQ(clock.now().ms, 1'000);
  EXPECT_FALSE(clock.advance_to({999}));
  EXPECT_TRUE(clock.advance_to({2'000}));
  EXPECT_EQ(clock.now().ms, 2'000);
  clock.not_before({1'500});
  EXPECT_EQ(clock.now().ms, 2'000);
  clock.not_before({3'000});
  EXPECT_EQ(clock.now().ms, 3'000);
  ServerClock real = ServerClock::real();
  EXPECT_FALSE(real.advance_to(real.now() + ms_per_day));
  real.not_before(real.now() + ms_per_hour);
  const Instant ahead = real.now();
  EXPECT_GE(real.now(), ahead);
}

TEST(ChangeHubTest, knows_what_has_changed_since) {
  ChangeHub hub;
  hub.publish({"enterprise:1"}, 5);
  EXPECT_TRUE(hub.has_changed({"everyone", "enterprise:1"}, 4));
  EXPECT_FALSE(hub.has_changed({"enterprise:1"}, 5));
  EXPECT_FALSE(hub.has_changed({"enterprise:2"}, 0));
}

TEST(ChangeHubTest, tells_once_that_there_are_news_until_they_are_taken) {
  ChangeHub hub;
  const UserId user({1, 1});
  hub.publish({"everyone"}, 1);
  EXPECT_TRUE(hub.take_news().audiences.empty()) << "nobody listens";
  int told = 0;
  hub.listen([&] { ++told; });
  hub.publish({}, 2);
  EXPECT_EQ(told, 0) << "nothing is news to nobody";
  hub.publish({"everyone"}, 3);
  hub.publish({"everyone"}, 4);
  hub.end_session("hash");
  hub.end_user(user);
  EXPECT_EQ(told, 1);
  EXPECT_EQ(hub.ends(), 2U);
  const ChangeNews news = hub.take_news();
  EXPECT_EQ(news.audiences.at("everyone"), 4);
  EXPECT_TRUE(news.sessions.contains("hash"));
  EXPECT_TRUE(news.users.contains(to_string(user)));
  hub.end_session("hash");
  EXPECT_EQ(told, 2);
  hub.listen({});
  hub.end_session("hash");
  EXPECT_EQ(told, 2);
}

}  // namespace
}  // namespace yuanyue
