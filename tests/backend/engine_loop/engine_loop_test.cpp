#include "backend/engine_loop/engine_loop.h"

#include <gtest/gtest.h>
#include <sodium.h>

#include "assets/embedded.h"
#include "backend/admin/park_process.h"
#include "backend/store/sqlite.h"
#include "backend/store/sqlite_store.h"
#include "core/wire/codec.h"
#include "core/wire/state_hash.h"
#include "tests/backend/support/temp_folder.h"

namespace yuanyue {
namespace {

constexpr Uuid user_id{7, 7};
constexpr Uuid client_id{8, 8};

// The real engine on the real store, whose commits can be made to fail.
class EngineLoopTest : public testing::Test {
 protected:
  EngineLoopTest()
      : clock_(ServerClock::stopped_at(parse_instant("2026-11-23T09:00:00+08:00").value())) {}

  void SetUp() override {
    ASSERT_GE(sodium_init(), 0);
    start({});
    ConsoleTask task;
    for (const CalendarYear& year : built_in_calendar())
      task.commands.emplace_back(ImportCalendarYear{year});
    std::string catalog(embedded_asset("catalog/lingang.json"));
    catalog.insert(catalog.rfind('}'), ",\"type\":\"save_catalog\"");
    const auto command = wire::decode_command(catalog);
    ASSERT_TRUE(command) << command.error().path;
    task.commands.push_back(*command);
    Enterprise enterprise;
    enterprise.id = EnterpriseId({1, 1});
    enterprise.name = "某企业";
    enterprise.credit_code = "91310115MA1KQDMQ34";
    task.commands.emplace_back(SaveEnterprise{enterprise});
    task.commands.emplace_back(SaveUser{{.id = UserId(user_id),
                                         .enterprise = enterprise.id,
                                         .name = "someone",
                                         .display_name = "某人"}});
    ASSERT_TRUE(run_console(*engine_, std::move(task)));
  }

  void start(EngineOptions options) {
    engine_.reset();
    store_.reset();
    store_ = std::move(open_sqlite_store({folder_.file("yuanyue.db"),
                                          [this](std::string_view step) {
                                            return failing_.load() && step == "commit";
                                          }})
                           .value());
    hub_ = std::make_unique<ChangeHub>(4);
    engine_ = std::make_unique<EngineLoop>(*store_, clock_, directory_, *hub_, options);
    ASSERT_TRUE(engine_->load());
    engine_->start();
  }

  std::uint64_t state_hash() {
    std::uint64_t hash = 0;
    engine_->inspect([&](const State& state) { hash = wire::state_hash(state); })->get();
    return hash;
  }

  PushTask booking(std::uint64_t seq, std::uint64_t n, const char* start = "09:00") {
    PushTask task;
    task.user = UserId(user_id);
    task.request.client = ClientId(client_id);
    const BlockKey block{ServiceId::of("tax"), parse_date("2026-12-01").value(),
                         parse_time_of_day(start).value()};
    task.request.commands.push_back(
        {seq, CommandId({100, n}), BookAppointment{BookingId({200, n}), block}});
    return task;
  }

  PushReply push(PushTask task) { return engine_->push(std::move(task))->get(); }
  wire::CommandResult result_of(const PushReply& reply, std::size_t i = 0) {
    return wire::decode_command_result(reply.results.at(i)).value();
  }

  TempFolder folder_;
  std::atomic<bool> failing_ = false;
  ServerClock clock_;
  Directory directory_;
  std::unique_ptr<Store> store_;
  std::unique_ptr<ChangeHub> hub_;
  std::unique_ptr<EngineLoop> engine_;
};

TEST_F(EngineLoopTest, a_failed_commit_is_undone_in_the_state_and_not_acknowledged) {
  const std::uint64_t before = state_hash();
  failing_ = true;
  const PushReply refused = push(booking(1, 1));
  EXPECT_EQ(refused.error, wire::ErrorCode::unavailable);
  EXPECT_TRUE(refused.results.empty());
  EXPECT_EQ(state_hash(), before);
  EXPECT_FALSE(engine_->healthy());

  failing_ = false;
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
  EXPECT_EQ(told.rejection->code, RejectionCode::already_exists);
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
  EXPECT_EQ(reply.rejection->code, RejectionCode::already_exists);
  EXPECT_EQ(reply.rejected_command, 1U);
  EXPECT_EQ(state_hash(), before);
  EXPECT_FALSE(store_->reader()->credential("u")->has_value());
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

TEST_F(EngineLoopTest, changed_people_are_known_before_the_answer) {
  ConsoleTask task;
  User user = *directory_.user(UserId(user_id));
  user.disabled = true;
  task.commands.emplace_back(SaveUser{user});
  ASSERT_TRUE(run_console(*engine_, std::move(task)));
  EXPECT_TRUE(directory_.user(UserId(user_id))->disabled);
  EXPECT_GT(*store_->reader()->view_epoch(to_string(user_id)), 0);
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

TEST(ChangeHubTest, wakes_for_own_audiences_only) {
  ChangeHub hub(1);
  hub.publish({"enterprise:1"}, 5);
  EXPECT_EQ(hub.wait({"enterprise:1"}, 4, std::chrono::milliseconds(0)), WaitResult::changed);
  EXPECT_EQ(hub.wait({"enterprise:1"}, 5, std::chrono::milliseconds(0)), WaitResult::timed_out);
  EXPECT_EQ(hub.wait({"enterprise:2"}, 0, std::chrono::milliseconds(0)), WaitResult::timed_out);
  std::thread waiting([&] {
    EXPECT_EQ(hub.wait({"everyone"}, 5, std::chrono::seconds(30)), WaitResult::stopping);
  });
  while (hub.waiting() == 0) std::this_thread::yield();
  EXPECT_EQ(hub.wait({"everyone"}, 5, std::chrono::seconds(30)), WaitResult::too_many);
  hub.stop();
  waiting.join();
}

}  // namespace
}  // namespace yuanyue
