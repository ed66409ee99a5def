// Nothing is committed that could not be read again.
#include "backend/engine_loop/keepable.h"

#include "core/appointments/booking.h"
#include "core/catalog/save_catalog.h"
#include "core/people/enterprise.h"
#include "core/people/save_enterprise.h"
#include "core/people/save_user.h"
#include "tests/backend/support/engine_park.h"
#include "tests/core/support/kinds.h"

namespace yuanyue {
namespace {

class KeepableTest : public EngineLoopTest {
 protected:
  void SetUp() override {
    EngineLoopTest::SetUp();
    ConsoleTask task;
    task.commands.emplace_back(SaveUser{{.id = UserId(boss_id),
                                         .role = Role::administrator,
                                         .name = "boss",
                                         .display_name = "管理员"}});
    ASSERT_TRUE(run_console(*engine_, std::move(task)));
  }

  // Past the codec, and past decide(), which leaves the lengths of a catalog's texts to it.
  PushTask with_a_name_too_long(std::uint64_t seq, std::uint64_t n) {
    PushTask task;
    task.user = UserId(boss_id);
    task.request.client = ClientId({8, 100});
    SaveCatalog catalog;
    catalog.parks.push_back({ParkId::of("endless"), {std::string(5'000, 'x'), ""}});
    task.request.commands.push_back({seq, CommandId({100, n}), catalog});
    return task;
  }

  static constexpr Uuid boss_id{7, 100};
};

TEST_F(KeepableTest, a_command_whose_rows_could_not_be_read_again_is_refused_and_the_others_go_on) {
  std::promise<void> holds;
  std::promise<void> release;
  engine_->inspect([&](const State&) {
    holds.set_value();
    release.get_future().wait();
  });
  holds.get_future().wait();  // else the first push might be taken together with it
  auto before_it = engine_->push(booking(1, 1));
  auto at_fault = engine_->push(with_a_name_too_long(1, 50));
  auto after_it = engine_->push(booking(2, 2, "10:00"));
  const std::int64_t revision = stores_.store->head().revision;
  release.set_value();
  EXPECT_TRUE(result_of(before_it->get()).accepted);
  EXPECT_TRUE(result_of(after_it->get()).accepted);
  const wire::CommandResult refused = result_of(at_fault->get());
  ASSERT_TRUE(refused.rejection);
  EXPECT_EQ(refused.rejection->code, refusals::cannot_be_kept);
  EXPECT_FALSE(refused.rejection->ways.empty());
  EXPECT_EQ(stores_.store->head().revision, revision + 1) << "they were one batch";

  const std::uint64_t before = state_hash();
  engine_
      ->inspect([](const State& state) { EXPECT_EQ(state.find(ParkId::of("endless")), nullptr); })
      ->get();
  start({});  // the store opens, every row can be read
  EXPECT_EQ(state_hash(), before);
  int entries = 0;
  ASSERT_TRUE(stores_.store->reader()->each_ledger_entry([&](const StoredLedgerEntry& entry) {
    EXPECT_TRUE(wire::decode_ledger_entry(entry.json));
    ++entries;
    return true;
  }));
  EXPECT_GT(entries, 2);
}

TEST_F(KeepableTest, refused_it_keeps_its_answer) {
  const PushReply first = push(with_a_name_too_long(1, 50));
  EXPECT_EQ(first.last_seq, 1U);
  start({});
  EXPECT_EQ(push(with_a_name_too_long(1, 50)).results, first.results);
}

TEST_F(KeepableTest, a_console_task_with_such_a_command_changes_nothing) {
  const std::uint64_t before = state_hash();
  Enterprise good;
  good.id = EnterpriseId({5, 5});
  good.name = "好";
  good.credit_code = "91310115MA1KRX1QQY";
  Enterprise bad = good;
  bad.id = EnterpriseId({6, 6});
  bad.credit_code = "91310115MA1KQDMQ35";
  bad.contact = std::string(5'000, 'x');
  ConsoleTask task;
  task.commands = {SaveEnterprise{good}, SaveEnterprise{bad}};
  const ConsoleReply reply = engine_->run(std::move(task))->get();
  ASSERT_TRUE(reply.rejection);
  EXPECT_EQ(reply.rejected_command, 1U);
  EXPECT_EQ(state_hash(), before);
  start({});
  EXPECT_EQ(state_hash(), before);
}

TEST_F(KeepableTest, due_work_that_could_not_be_read_again_waits_and_stops_nobody) {
  ASSERT_TRUE(result_of(push(booking(1, 1))).accepted);
  std::atomic<int> looked = 0;
  std::atomic<bool> is_bad = true;
  start({.unreadable = [&](const Outcome& outcome) -> std::optional<std::string> {
    for (const LedgerEntry& entry : outcome.ledger) {
      if (entry.kind != events::booking_ended) continue;
      ++looked;
      if (is_bad) return "a test says so";
    }
    return std::nullopt;
  }});
  const auto past_the_block = parse_instant("2026-12-01T18:00:00+08:00").value();
  ASSERT_TRUE(engine_->advance_clock(past_the_block)->get());
  EXPECT_EQ(looked, 1) << "tried once, not over and over";
  EXPECT_FALSE(push(booking(2, 2, "11:00")).error) << "commands are answered";
  EXPECT_EQ(looked, 1);
  is_bad = false;
  ASSERT_TRUE(engine_->advance_clock(past_the_block + 2 * ms_per_minute)->get());
  engine_
      ->inspect([](const State& state) {
        EXPECT_EQ(state.find(BookingId({200, 1}))->status, BookingStatus::ended);
      })
      ->get();
}

TEST(UnreadablePartTest, names_the_row_the_entry_or_the_result_and_where) {
  Enterprise enterprise;
  enterprise.id = EnterpriseId({5, 5});
  enterprise.name = "好";
  enterprise.credit_code = "91310115MA1KRX1QQY";
  Outcome outcome;
  outcome.add({}, enterprise);
  outcome.ledger.push_back({.id = LedgerEntryId({1, 1}),
                            .at = {1},
                            .command = CommandId({1, 1}),
                            .kind = Event(events::booking_made)});
  EXPECT_EQ(unreadable_part(outcome), std::nullopt);
  outcome.ledger.front().note = std::string(501, 'x');
  EXPECT_EQ(unreadable_part(outcome), "ledger entry booking_made: too_long at note");
  enterprise.name = "two\nlines";
  outcome.add({}, enterprise);
  EXPECT_TRUE(unreadable_part(outcome)->starts_with("row enterprise "));
  EXPECT_TRUE(unreadable_part(outcome)->ends_with("control_character at name"));
  // What is taken away need not be readable.
  outcome = {};
  outcome.add(enterprise, {});
  outcome.ledger.clear();
  EXPECT_EQ(unreadable_part(outcome), std::nullopt);

  wire::CommandResult result;
  result.seq = 1;
  result.id = CommandId({1, 1});
  result.rejection = refuse(refusals::block_closed, {.reason_name = "台风"});
  EXPECT_EQ(unreadable_part(result), std::nullopt);
  result.rejection->ways.assign(101, {{ways::refresh, no_detail}});
  EXPECT_EQ(unreadable_part(result), "result block_closed: too_many at rejection.ways");
}

}  // namespace
}  // namespace yuanyue
