// A store with rows of an older form: read as it is, and brought to today's form when it is served.
#include <filesystem>

#include "backend/cli/read_state.h"
#include "backend/store/data_folder.h"
#include "backend/store/load_rows.h"
#include "backend/store/sqlite.h"
#include "backend/store/sqlite_backup.h"
#include "backend/store/sqlite_migrations.h"
#include "backend/store/sqlite_reader.h"
#include "core/appointments/block.h"
#include "core/appointments/contradictions.h"
#include "core/appointments/join_waitlist.h"
#include "core/appointments/names.h"
#include "core/appointments/override_block.h"
#include "core/appointments/queues.h"
#include "core/appointments/waiting_place.h"
#include "core/domains/row_forms.h"
#include "tests/backend/support/engine_park.h"

namespace yuanyue {
namespace {

std::string quoted(const std::string& text) { return "'" + text + "'"; }

// The park's store as a program of form 1, and of schema 4, has left it: queues in their blocks.
class RowFormTest : public EngineLoopTest {
 protected:
  void SetUp() override {
    EngineLoopTest::SetUp();
    for (std::uint64_t n = 1; n <= 2; ++n)
      ASSERT_FALSE(push(booking(n, n, n == 1 ? "09:00" : "10:00")).error);
    ConsoleTask more;
    for (std::uint64_t n = 2; n <= 4; ++n) {
      Enterprise enterprise;
      enterprise.id = EnterpriseId({1, n});
      enterprise.name = "企业 " + std::to_string(n);
      enterprise.credit_code = codes[n - 2];
      enterprise.key_project = n == 4;
      more.commands.emplace_back(SaveEnterprise{enterprise});
      more.commands.emplace_back(SaveUser{{.id = UserId({7, n}),
                                           .enterprise = enterprise.id,
                                           .name = "member-" + std::to_string(n),
                                           .display_name = "某人"}});
    }
    ASSERT_TRUE(run_console(*engine_, std::move(more)));
    full_ = BlockKey{ServiceId::of("tax"), parse_date("2026-12-01").value(),
                     parse_time_of_day("09:00").value()};
    ConsoleTask close;
    close.actor = {ActorKind::console, {}};
    close.commands.emplace_back(OverrideBlock{{full_, false, 1, "一个窗口"}});
    ASSERT_TRUE(run_console(*engine_, std::move(close)));
    for (std::uint64_t n = 2; n <= 4; ++n) {
      PushTask task;
      task.user = UserId({7, n});
      task.request.client = ClientId({8, n});
      task.request.commands.push_back(
          {1, CommandId({101, n}),
           JoinWaitlist{.entry = WaitlistEntryId({9, n}),
                        .service = full_.service,
                        .wishes = {{.date = full_.date, .start = full_.start}}}});
      ASSERT_TRUE(result_of(push(std::move(task))).accepted);
    }
    before_ = state_hash();
    revision_ = stores_.store->head().revision;
    engine_.reset();
    make_old();
  }

  void make_old() {
    stores_ = {};
    State state;
    {
      SqliteReader reader(path_);
      ASSERT_TRUE(load_rows(reader, [&](AnyRow row) { state.put(std::move(row)); }));
    }
    SqliteConnection connection(path_, SqliteAccess::read_write);
    state.for_each<Block>([&](const Block& block) {
      std::string queue;
      for (const QueuePlace& place : queue_of(state, block.key)) {
        queue += queue.empty() ? "" : ",";
        queue += R"({"entry":")" + to_string(place.entry) + R"(","since":)" +
                 std::to_string(place.since.ms) + R"(,"tier":")" +
                 std::string(wire::name_of(place.tier)) + R"("})";
      }
      std::string json = wire::encode(AnyRow(block));
      json.erase(json.find(R"(,"waiting":)"));
      const std::size_t type =
          std::min(json.find(R"("reserve_release_at")"), json.find(R"("type")"));
      json.insert(type, R"("queue":[)" + queue + "],");
      connection.execute(("UPDATE rows SET json = " + quoted(json + "}") +
                          " WHERE key = " + quoted(wire::encode(AnyKey(block.key))))
                             .c_str());
    });
    connection.execute(
        "DELETE FROM audience_log WHERE is_entry = 0 AND item IN"
        " (SELECT id FROM rows WHERE kind = 'waiting_place');"
        "DELETE FROM rows WHERE kind = 'waiting_place';"
        "DROP INDEX audience_log_entries; DROP TABLE archive; DROP TABLE shelved; DROP TABLE "
        "shelves;"
        "DROP TABLE ledger_subjects; ALTER TABLE ledger DROP COLUMN at_ms;"
        "DROP TABLE ledger_details; DROP TABLE details_owners; DROP TABLE ledger_before;"
        "DELETE FROM meta WHERE name IN"
        " ('row_form', 'archived_rows', 'greatest_forgotten_command', 'ledger_start',"
        " 'sweep_owed');"
        "PRAGMA user_version=4");
  }

  std::string text_of(const std::string& sql) {
    SqliteConnection connection(path_, SqliteAccess::read_only);
    SqliteStatement statement(connection, sql.c_str());
    return statement.step() ? std::string(statement.text(0)) : std::string();
  }

  static constexpr const char* codes[] = {"91310000TE5T000015", "91310000TE5T000028",
                                          "91310000TE5T00003B"};
  std::string path_ = folder_.file("yuanyue.db");
  BlockKey full_;
  std::uint64_t before_ = 0;
  std::int64_t revision_ = 0;
};

TEST_F(RowFormTest, a_store_of_an_older_form_is_served_with_everything_that_was_in_it) {
  start({});
  EXPECT_EQ(state_hash(), before_);
  engine_
      ->inspect([&](const State& state) {
        EXPECT_FALSE(find_contradiction(state));
        EXPECT_EQ(state.get(full_).waiting, (ByTier{0, 0, 1, 0, 2}));
        EXPECT_EQ(state.count<WaitingPlace>(), 3U);
      })
      ->get();
  EXPECT_EQ(stores_.store->head().revision, revision_ + 1);
  EXPECT_EQ(stores_.store->head().row_form, wire::row_form);
  EXPECT_EQ(text_of("SELECT count(*) FROM rows WHERE json LIKE '%\"queue\"%'"), "0");
  EXPECT_EQ(text_of("SELECT detail FROM history WHERE detail LIKE 'rows%'"), "rows 1 to 2");

  DeltaRequest request;
  request.audiences = {"everyone", "enterprise:" + to_string(EnterpriseId({1, 2}))};
  request.epoch = stores_.store->head().epoch;
  request.revision = revision_;
  const auto delta = stores_.store->reader()->delta(request);
  ASSERT_TRUE(delta);
  EXPECT_EQ(delta->rows.size(), 3U) << "two blocks and a place of its own";

  // As it was, beside it.
  const std::string copy = row_copy_path(path_, 1);
  ASSERT_TRUE(std::filesystem::exists(copy));
  SqliteConnection connection(copy, SqliteAccess::read_only);
  SqliteStatement statement(connection, "SELECT count(*) FROM rows WHERE json LIKE '%\"queue\"%'");
  ASSERT_TRUE(statement.step());
  EXPECT_EQ(statement.integer(0), 2);
}

TEST_F(RowFormTest, it_is_done_once) {
  start({});
  const std::int64_t revision = stores_.store->head().revision;
  start({});
  EXPECT_EQ(stores_.store->head().revision, revision);
  EXPECT_EQ(state_hash(), before_);
}

TEST_F(RowFormTest, a_commit_that_fails_leaves_the_old_rows) {
  stores_ =
      open_sqlite_stores({path_, [](std::string_view step) { return step == "commit"; }}).value();
  EngineLoop engine(*stores_.store, clock_, directory_, *hub_);
  EXPECT_FALSE(engine.load());
  EXPECT_EQ(stores_.store->head().row_form, 1);
  stores_ = {};
  start({});
  EXPECT_EQ(state_hash(), before_);
}

TEST_F(RowFormTest, commands_that_only_read_and_backups_understand_it_and_change_nothing) {
  const std::string old = text_of("SELECT group_concat(json) FROM rows");
  const auto state = read_state(DataFolder(folder_.path()));
  ASSERT_TRUE(state) << state.error();
  EXPECT_EQ(wire::state_hash(*state), before_);
  const std::string copy = folder_.file("copy.db");
  const auto report = back_up_store(path_, copy);
  ASSERT_TRUE(report) << report.error();
  EXPECT_EQ(report->head.row_form, 1);
  EXPECT_EQ(report->rows.at("waiting_place"), 3);
  EXPECT_EQ(text_of("SELECT group_concat(json) FROM rows"), old);

  const DataFolder data(folder_.file("data"));
  std::filesystem::create_directory(data.path());
  const auto restored = restore_store(data, copy);
  ASSERT_TRUE(restored) << restored.error();
  const auto again = read_state(data);
  ASSERT_TRUE(again) << again.error();
  EXPECT_EQ(wire::state_hash(*again), before_);
}

TEST_F(RowFormTest, rows_of_a_newer_program_are_refused) {
  start({});
  engine_.reset();
  stores_ = {};
  SqliteConnection(path_, SqliteAccess::read_write)
      .execute("UPDATE meta SET value = 99 WHERE name = 'row_form'");
  const auto state = read_state(DataFolder(folder_.path()));
  ASSERT_FALSE(state);
  EXPECT_NE(state.error().find("written by a newer program (form 99"), std::string::npos)
      << state.error();
}

TEST_F(RowFormTest, rows_that_hold_nothing_together_are_told) {
  SqliteConnection(path_, SqliteAccess::read_write)
      .execute("DELETE FROM rows WHERE kind = 'waitlist_entry'");
  stores_ = open_sqlite_stores({path_, {}}).value();
  EngineLoop engine(*stores_.store, clock_, directory_, *hub_);
  const auto loaded = engine.load();
  ASSERT_FALSE(loaded);
  EXPECT_EQ(loaded.error(), "a row of an older form cannot be read: inconsistent at queue");
}

}  // namespace
}  // namespace yuanyue
