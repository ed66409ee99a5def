// Any allocation of the engine loop may fail: what was asked is answered, nothing is half done, and
// the next task works.
#include <gtest/gtest.h>
#include <sodium.h>

#include "assets/embedded.h"
#include "backend/admin/park_process.h"
#include "backend/store/sqlite_stores.h"
#include "core/appointments/book_appointment.h"
#include "core/appointments/cancel_booking.h"
#include "core/catalog/import_calendar_year.h"
#include "core/domains/codec.h"
#include "core/people/enterprise.h"
#include "core/people/save_enterprise.h"
#include "core/people/save_user.h"
#include "core/protocol/state_hash.h"
#include "tests/backend/support/failing_memory.h"
#include "tests/backend/support/temp_folder.h"

namespace yuanyue {
namespace {

constexpr Uuid user_id{7, 7};

// Stepped by the test, on its own thread.
class EngineMemoryTest : public testing::Test {
 protected:
  EngineMemoryTest()
      : clock_(ServerClock::stopped_at(parse_instant("2026-11-23T09:00:00+08:00").value())) {}

  void SetUp() override {
    ASSERT_GE(sodium_init(), 0);
    store_ = std::move(open_sqlite_stores({.path = folder_.file("yuanyue.db")})->store);
    engine_ = std::make_unique<EngineLoop>(*store_, clock_, directory_, hub_);
    engine_->when_rights_end([this](const UserId& user) { ended_ = user; });
    ASSERT_TRUE(engine_->load());
    ConsoleTask task;
    for (const CalendarYear& year : built_in_calendar())
      task.commands.emplace_back(ImportCalendarYear{year});
    std::string catalog(embedded_asset("catalog/lingang.json"));
    catalog.insert(catalog.rfind('}'), ",\"type\":\"save_catalog\"");
    task.commands.push_back(wire::decode_command(catalog).value());
    Enterprise enterprise;
    enterprise.id = EnterpriseId({1, 1});
    enterprise.name = "某企业";
    enterprise.credit_code = "91310115MA1KQDMQ34";
    task.commands.emplace_back(SaveEnterprise{enterprise});
    task.commands.emplace_back(SaveUser{user()});
    ASSERT_FALSE(run(std::move(task)).unavailable);
  }

  static User user() {
    return {.id = UserId(user_id),
            .enterprise = EnterpriseId({1, 1}),
            .name = "someone",
            .display_name = "某人"};
  }

  ConsoleReply run(ConsoleTask task) {
    auto reply = engine_->run(std::move(task));
    engine_->step();
    return reply->get();
  }

  // A booking and its end, so that blocks never fill.
  static PushTask booking(std::uint64_t n) {
    PushTask task;
    task.user = UserId(user_id);
    task.request.client = ClientId({8, 8});
    const BlockKey block{ServiceId::of("tax"), parse_date("2026-12-01").value(),
                         parse_time_of_day("09:00").value()};
    task.request.commands.push_back(
        {2 * n - 1, CommandId({100, n}), BookAppointment{BookingId({200, n}), block}});
    CancelBooking cancel;
    cancel.booking = BookingId({200, n});
    cancel.block = block;
    task.request.commands.push_back({2 * n, CommandId({101, n}), cancel});
    return task;
  }

  // Whatever happened before: the same push is accepted now, once.
  void expect_accepted(const PushTask& task, long nth) {
    auto answer = engine_->push(task);
    engine_->step();
    const PushReply reply = answer->get();
    ASSERT_FALSE(reply.error) << nth;
    ASSERT_EQ(reply.results.size(), 2U);
    for (const std::string& result : reply.results) {
      EXPECT_TRUE(wire::decode_command_result(result)->accepted) << nth << " " << result;
    }
    EXPECT_EQ(reply.last_seq, task.request.commands.back().seq) << nth;
  }

  std::uint64_t hash_in_memory() {
    std::uint64_t hash = 0;
    auto done = engine_->inspect([&](const State& state) { hash = wire::state_hash(state); });
    engine_->step();
    done->get();
    return hash;
  }
  std::uint64_t hash_on_disk() {
    State state;
    EXPECT_TRUE(load_rows(*store_->reader(), [&](AnyRow row) { state.put(std::move(row)); }));
    return wire::state_hash(state);
  }

  TempFolder folder_;
  ServerClock clock_;
  Directory directory_;
  ChangeHub hub_;
  std::unique_ptr<Store> store_;
  std::unique_ptr<EngineLoop> engine_;
  UserId ended_;
};

TEST_F(EngineMemoryTest, any_allocation_of_a_push_may_fail) {
  std::uint64_t n = 0;
  PushTask task;
  std::optional<std::future<PushReply>> answer;
  const auto act = [&] {
    answer.reset();
    answer = engine_->push(task);
    engine_->step();
  };
  const auto check = [&](long nth) {
    expect_accepted(task, nth);
    if (answer) {
      // Also that of a task which had to stay in the queue for another step.
      ASSERT_EQ(answer->wait_for(std::chrono::seconds(0)), std::future_status::ready) << nth;
    }
    if (nth % 10 == 0) {
      ASSERT_EQ(hash_in_memory(), hash_on_disk()) << nth;
    }
    task = booking(++n + 1);
  };
  task = booking(1);
  const long failed = with_each_allocation_failing(act, check);
  EXPECT_GT(failed, 100);
  EXPECT_EQ(hash_in_memory(), hash_on_disk());
  EXPECT_TRUE(engine_->healthy());
  RecordProperty("allocations", static_cast<int>(failed));
}

TEST_F(EngineMemoryTest, any_allocation_while_a_user_is_disabled_may_fail) {
  const auto save = [&](bool disabled) {
    ConsoleTask task;
    User row = user();
    row.disabled = disabled;
    task.commands.emplace_back(SaveUser{row});
    return task;
  };
  std::optional<std::future<ConsoleReply>> reply;
  std::int64_t revision = 0;
  const auto act = [&] {
    ended_ = {};
    reply.reset();
    auto task = save(true);
    reply = engine_->run(std::move(task));
    engine_->step();
  };
  const auto check = [&](long nth) {
    bool on_disk = false;
    ASSERT_TRUE(load_rows(*store_->reader(), [&](const AnyRow& row) {
      if (const User* found = row.get_if<User>()) on_disk = found->disabled;
    }));
    EXPECT_EQ(ended_, on_disk ? UserId(user_id) : UserId())
        << "sessions of a disabled user " << nth;
    // Held pulls are woken, at the latest when the rows have been read anew for somebody's task.
    auto looked = engine_->inspect([](const State&) {});
    engine_->step();
    looked->wait();
    if (on_disk) {
      EXPECT_TRUE(hub_.has_changed({"user:" + to_string(UserId(user_id))}, revision)) << nth;
    }
    ASSERT_FALSE(run(save(on_disk)).unavailable) << nth;
    EXPECT_EQ(directory_.user(UserId(user_id))->disabled, on_disk) << nth;
    ASSERT_FALSE(run(save(false)).unavailable) << nth;
    revision = store_->head().revision;
  };
  revision = store_->head().revision;
  EXPECT_GT(with_each_allocation_failing(act, check), 50);
}

// With its thread: an exception ends neither it nor the process, and it can be stopped.
TEST_F(EngineMemoryTest, an_exception_on_the_thread_is_answered_and_the_thread_goes_on) {
  engine_->start();
  for (int i = 0; i < 3; ++i) {
    auto looked = engine_->inspect([](const State&) { throw std::bad_alloc(); });
    EXPECT_THROW(looked->get(), std::bad_alloc);
  }
  auto answer = engine_->push(booking(1));
  EXPECT_FALSE(answer->get().error);
  engine_->stop();
}

}  // namespace
}  // namespace yuanyue
