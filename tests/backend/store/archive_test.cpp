// The archive's tables: pages without gaps or doubles, for those who saw the row and nobody else.
#include <algorithm>
#include <set>

#include <gtest/gtest.h>

#include "backend/store/sqlite_stores.h"
#include "tests/backend/support/temp_folder.h"

namespace yuanyue {
namespace {

using Names = std::vector<std::string>;

class ArchiveTest : public testing::Test {
 protected:
  void SetUp() override {
    auto opened = open_sqlite_stores(
        {folder_.file("yuanyue.db"), [this](std::string_view step) { return step == failing_; }});
    ASSERT_TRUE(opened) << opened.error().message;
    store_ = std::move(opened->store);
  }
  RowWrite row(const std::string& key, Names audiences) {
    return {"booking", key, "{\"key\":\"" + key + "\"}", std::move(audiences), {}};
  }
  RowWrite archived(const std::string& key, Names audiences, std::int64_t finished_ms,
                    std::string service = "tax") {
    RowWrite write = row(key, std::move(audiences));
    write.archived = ArchiveWrite{finished_ms, std::move(service)};
    return write;
  }
  void commit(std::vector<RowWrite> rows, std::vector<LedgerWrite> ledger = {}) {
    CommitBatch batch;
    batch.revision = ++revision_;
    batch.now_ms = 1'000 * revision_;
    batch.rows = std::move(rows);
    batch.ledger = std::move(ledger);
    const auto done = store_->commit(batch);
    ASSERT_TRUE(done) << done.error().message;
  }
  static HistoryAsker asker(Names audiences) {
    return {"user", [seen = std::move(audiences)](std::string_view) { return seen; }};
  }
  HistoryPage page(Names audiences, std::int64_t limit, std::optional<HistoryPlace> before = {}) {
    HistoryRequest request;
    request.asker = asker(std::move(audiences));
    request.kind = "booking";
    request.limit = limit;
    request.before = before;
    return store_->reader()->history(request).value();
  }
  Names all_pages(const Names& audiences, std::int64_t limit) {
    Names rows;
    std::optional<HistoryPlace> before;
    do {
      const HistoryPage one = page(audiences, limit, before);
      EXPECT_LE(one.rows.size(), static_cast<std::size_t>(limit));
      rows.insert(rows.end(), one.rows.begin(), one.rows.end());
      before = one.next;
    } while (before);
    return rows;
  }
  Delta delta(Names audiences, std::int64_t revision, bool holds_nothing = false) {
    DeltaRequest request;
    request.audiences = std::move(audiences);
    request.epoch = store_->head().epoch;
    request.revision = revision;
    request.holds_nothing = holds_nothing;
    return store_->reader()->delta(request).value();
  }

  TempFolder folder_;
  std::string failing_;
  std::int64_t revision_ = 0;
  std::unique_ptr<Store> store_;
};

TEST_F(ArchiveTest, what_is_archived_leaves_replicas_and_stays_with_who_saw_it) {
  commit({row("a", {"enterprise:1", "administrators"}), row("b", {"enterprise:2"})});
  commit({archived("a", {"enterprise:1", "administrators"}, 500)});
  EXPECT_EQ(delta({"enterprise:1"}, 1).deletes, Names{"a"});
  EXPECT_EQ(delta({"administrators"}, 1).deletes, Names{"a"});
  EXPECT_TRUE(delta({"enterprise:2"}, 1).deletes.empty());
  EXPECT_TRUE(delta({"enterprise:1"}, 0, true).rows.empty()) << "nor does a reset bring it";
  EXPECT_EQ(page({"enterprise:1"}, 10).rows, Names{"{\"key\":\"a\"}"});
  EXPECT_EQ(page({"administrators", "enterprise:1"}, 10).rows.size(), 1U) << "once";
  EXPECT_TRUE(page({"enterprise:2", "everyone"}, 10).rows.empty());
  EXPECT_TRUE(page({}, 10).audiences.empty());
  std::size_t live = 0;
  Names kept;
  ASSERT_TRUE(store_->reader()->each_row([&](const StoreHead&, const StoredRow&) { ++live; }));
  ASSERT_TRUE(store_->reader()->each_archived_row(
      [&](const StoredRow& stored) { kept.push_back(stored.key); }));
  EXPECT_EQ(live, 1U);
  EXPECT_EQ(kept, Names{"a"});
  EXPECT_EQ(store_->head().archived_rows, 1);
  EXPECT_EQ(store_->reader()->head()->archived_rows, 1);
}

TEST_F(ArchiveTest, pages_are_in_order_without_gap_or_double) {
  std::vector<RowWrite> rows;
  Names expected;
  for (int i = 0; i < 57; ++i) {
    const std::string key = "k" + std::to_string(i);
    const bool is_mine = i % 3 != 0;
    // Several finish at the same instant.
    rows.push_back(archived(key, {is_mine ? "enterprise:1" : "user:1"}, 100 * (i / 5)));
    expected.insert(expected.begin(), "{\"key\":\"" + key + "\"}");
  }
  commit(std::move(rows));
  for (const std::int64_t limit : {1, 2, 7, 56, 57, 100}) {
    EXPECT_EQ(all_pages({"enterprise:1", "user:1"}, limit), expected) << limit;
  }
  EXPECT_EQ(all_pages({"user:1"}, 4).size(), 19U);
}

TEST_F(ArchiveTest, filters_by_service_kind_and_time) {
  commit({archived("a", {"e"}, 100, "tax"), archived("b", {"e"}, 200, "social"),
          archived("c", {"e"}, 300, ""), archived("d", {"e"}, 400, "tax")});
  const auto rows = [&](const std::string& service, std::int64_t from, std::int64_t until,
                        const std::string& kind = "booking") {
    HistoryRequest request{asker({"e"}), kind, service, from, until, {}, 10};
    return store_->reader()->history(request).value().rows.size();
  };
  EXPECT_EQ(rows("", 0, INT64_MAX), 4U);
  EXPECT_EQ(rows("tax", 0, INT64_MAX), 2U);
  EXPECT_EQ(rows("social", 0, INT64_MAX), 1U);
  EXPECT_EQ(rows("other", 0, INT64_MAX), 0U);
  EXPECT_EQ(rows("", 200, 400), 2U) << "from is in, until is out";
  EXPECT_EQ(rows("", 0, INT64_MAX, "offer"), 0U);
}

TEST_F(ArchiveTest, knows_which_keys_it_holds) {
  EXPECT_FALSE(*store_->is_archived("booking", "a"));
  commit({archived("b", {"e"}, 100)});
  EXPECT_TRUE(*store_->is_archived("booking", "b"));
  EXPECT_FALSE(*store_->is_archived("booking", "a"));
  EXPECT_FALSE(*store_->is_archived("booking", "c"));
  EXPECT_FALSE(*store_->is_archived("offer", "b"));
  commit({archived("d", {"e"}, 100)});
  EXPECT_TRUE(*store_->is_archived("booking", "d")) << "the greatest key is another now";
}

TEST_F(ArchiveTest, a_failed_commit_archives_nothing) {
  commit({row("a", {"e"})});
  for (const char* step : {"ledger", "results", "commit"}) {
    failing_ = step;
    CommitBatch batch;
    batch.revision = revision_ + 1;
    batch.rows = {archived("a", {"e"}, 100)};
    EXPECT_FALSE(store_->commit(batch)) << step;
    EXPECT_FALSE(*store_->is_archived("booking", "a"));
    EXPECT_TRUE(page({"e"}, 10).rows.empty());
    EXPECT_EQ(store_->head().archived_rows, 0);
    EXPECT_EQ(delta({"e"}, 0).rows.size(), 1U);
  }
}

TEST_F(ArchiveTest, a_row_that_came_and_went_in_one_commit_is_archived_all_the_same) {
  commit({archived("a", {"e"}, 100)});
  EXPECT_EQ(page({"e"}, 10).rows.size(), 1U);
  EXPECT_TRUE(delta({"e"}, 0).deletes.empty()) << "nobody has it";
}

TEST_F(ArchiveTest, old_ledger_entries_are_given_to_no_replica_and_stay_in_the_ledger) {
  const auto entry = [](int n) {
    return LedgerWrite{
        "{\"n\":" + std::to_string(n) + "}", {"e", "administrators"}, 1'000 * n, {"booking:1"}};
  };
  commit({}, {entry(1), entry(2)});
  commit({}, {entry(3)});
  ASSERT_TRUE(store_->prune(0, 1'000, 2'000));
  EXPECT_EQ(delta({"e"}, 0).ledger, (Names{"{\"n\":2}", "{\"n\":3}"})) << "the limit is in";
  ASSERT_TRUE(store_->prune(0, 1'000, 3'000));
  EXPECT_EQ(delta({"administrators"}, 0, true).ledger, Names{"{\"n\":3}"});
  ASSERT_TRUE(store_->prune(0, 1'000, 9'000));
  EXPECT_TRUE(delta({"e"}, 0, true).ledger.empty());
  ASSERT_TRUE(store_->prune(0, 1'000, 9'000)) << "there is nothing more";
  TimelineRequest request{asker({"e"}),
                          "booking",
                          "a",
                          "booking:1",
                          [](std::string_view, const Names&) { return true; },
                          {},
                          10};
  commit({row("a", {"e"})});
  EXPECT_EQ(store_->reader()->timeline(request)->ledger,
            (Names{"{\"n\":3}", "{\"n\":2}", "{\"n\":1}"}));
  int entries = 0;
  ASSERT_TRUE(store_->reader()->each_ledger_entry([&](const StoredLedgerEntry&) {
    ++entries;
    return true;
  }));
  EXPECT_EQ(entries, 3);
}

TEST_F(ArchiveTest, many_old_entries_go_in_steps) {
  std::vector<LedgerWrite> entries;
  for (int n = 1; n <= 1'200; ++n) {
    entries.push_back({"{\"n\":" + std::to_string(n) + "}", {"e"}, 10, {}});
  }
  commit({}, std::move(entries));
  int steps = 1;
  while (*store_->prune(0, 1'000, 11)) ++steps;
  EXPECT_GE(steps, 3);
  EXPECT_TRUE(delta({"e"}, 0, true).ledger.empty());
}

TEST_F(ArchiveTest, a_timeline_is_shown_to_who_sees_the_row_and_entry_by_entry) {
  commit({row("live", {"e", "f"}), archived("old", {"e"}, 100)},
         {{"{\"for\":\"e\"}", {"e"}, 1, {"booking:live", "booking:old"}},
          {"{\"for\":\"f\"}", {"f"}, 2, {"booking:live"}}});
  const auto timeline = [&](const std::string& key, const Names& audiences) {
    TimelineRequest request;
    request.asker = asker(audiences);
    request.kind = "booking";
    request.key = key;
    request.subject = "booking:" + key;
    request.sees = [](std::string_view entry, const Names& seen_by) {
      return std::ranges::any_of(seen_by, [&](const std::string& audience) {
        return entry.find("\"" + audience + "\"") != std::string_view::npos;
      });
    };
    request.limit = 10;
    return store_->reader()->timeline(request).value();
  };
  EXPECT_EQ(timeline("live", {"e"}).ledger, Names{"{\"for\":\"e\"}"});
  EXPECT_EQ(timeline("live", {"f"}).ledger, Names{"{\"for\":\"f\"}"});
  EXPECT_EQ(timeline("live", {"e", "f"}).ledger.size(), 2U);
  EXPECT_EQ(timeline("old", {"e"}).row, "{\"key\":\"old\"}");
  for (const auto& [key, audiences] :
       {std::pair{"old", Names{"f"}}, {"live", {"g"}}, {"none", {"e"}}, {"old", {}}}) {
    EXPECT_FALSE(timeline(key, audiences).row) << key;
    EXPECT_TRUE(timeline(key, audiences).ledger.empty()) << key;
  }
}

TEST_F(ArchiveTest, commands_that_only_the_ledger_remembers_are_found_in_it) {
  CommitBatch batch;
  batch.revision = ++revision_;
  batch.now_ms = 1'000;
  batch.results = {{"c2", "client", "u", "{}"}};
  batch.ledger = {{"{\"n\":1}", {"e"}, 1'000, {"command:c2"}},
                  {"{\"n\":2}", {"e"}, 1'000, {"command:c2"}},
                  {"{\"n\":3}", {"e"}, 1'000, {"command:c3"}}};
  ASSERT_TRUE(store_->commit(batch));
  EXPECT_TRUE(store_->named_commands({"c2"})->empty()) << "its result is there to be found";
  ASSERT_TRUE(store_->prune(2'000, 1'000, 0));
  ASSERT_TRUE(store_->results({"c2"})->empty());
  const auto named = store_->named_commands({"c1", "c2", "c3"});
  ASSERT_EQ(named->size(), 1U) << "one greater than all forgotten ones is not looked for";
  EXPECT_EQ(named->at("c2").entry, "{\"n\":1}");
  EXPECT_EQ(named->at("c2").revision, 1);
}

}  // namespace
}  // namespace yuanyue
