// The real engine on the real store, with a small park, whose commits can be made to fail.
#pragma once

#include <gtest/gtest.h>
#include <sodium.h>

#include "assets/embedded.h"
#include "backend/admin/park_process.h"
#include "backend/engine_loop/engine_loop.h"
#include "backend/store/sqlite_stores.h"
#include "core/appointments/book_appointment.h"
#include "core/catalog/import_calendar_year.h"
#include "core/domains/codec.h"
#include "core/people/enterprise.h"
#include "core/people/save_enterprise.h"
#include "core/people/save_user.h"
#include "core/protocol/state_hash.h"
#include "tests/backend/support/temp_folder.h"

namespace yuanyue {

inline constexpr Uuid user_id{7, 7};
inline constexpr Uuid client_id{8, 8};

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

  void start(const EngineOptions& options) {
    engine_.reset();
    stores_ = {};
    stores_ = open_sqlite_stores(
                  {folder_.file("yuanyue.db"),
                   [this](std::string_view step) { return failing_.load() && step == "commit"; }})
                  .value();
    hub_ = std::make_unique<ChangeHub>();
    engine_ = std::make_unique<EngineLoop>(*stores_.store, clock_, directory_, *hub_, options);
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
  Stores stores_;
  std::unique_ptr<ChangeHub> hub_;
  std::unique_ptr<EngineLoop> engine_;
};

}  // namespace yuanyue
