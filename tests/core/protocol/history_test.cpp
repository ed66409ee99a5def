#include "core/protocol/history.h"

#include <map>

#include <gtest/gtest.h>

#include "core/domains/codec.h"
#include "core/domains/history.h"
#include "core/kernel/domain.h"
#include "tests/core/support/archive_rules.h"
#include "tests/core/support/kinds.h"
#include "tests/core/support/samples.h"

namespace yuanyue::wire {
namespace {

Decoded<HistoryQuery> read(const std::map<std::string, std::string>& values) {
  return decode_history_query([&](const char* name) {
    const auto found = values.find(name);
    return found == values.end() ? std::nullopt : std::optional(found->second);
  });
}

TEST(HistoryQueryTest, says_in_its_text_what_it_asks) {
  HistoryQuery query;
  query.kind = "booking";
  query.service = ServiceId::of("tax");
  query.from = parse_date("2026-12-01");
  query.to = parse_date("2026-12-31");
  query.before = "1f.2";
  query.limit = 7;
  EXPECT_EQ(history_query(query),
            "kind=booking&service=tax&from=2026-12-01&to=2026-12-31&before=1f.2&limit=7");
  const auto back = read({{"kind", "booking"},
                          {"service", "tax"},
                          {"from", "2026-12-01"},
                          {"to", "2026-12-31"},
                          {"before", "1f.2"},
                          {"limit", "7"}});
  ASSERT_TRUE(back);
  EXPECT_EQ(history_query(*back), history_query(query));
  EXPECT_EQ(read({{"kind", "offer"}})->limit, usual_history_page);
}

TEST(HistoryCursorTest, is_read_only_as_it_is_printed) {
  for (const HistoryCursor& cursor :
       {HistoryCursor{0, 1}, HistoryCursor{1'800'000'000'000, 1'000'000},
        HistoryCursor{INT64_MAX, 7}}) {
    EXPECT_EQ(parse_history_cursor(to_string(cursor)), cursor);
  }
  for (const char* text : {"", ".", "1", "1.", ".1", "01.1", "1.01", "A.1", "-1.1", "-0.1", "1.-0",
                           "1.1 ", "1.1.1", "10000000000000000.1", "g.1", "0x1.1"}) {
    EXPECT_FALSE(parse_history_cursor(text)) << text;
  }
  EXPECT_EQ(parse_timeline_cursor(timeline_cursor(255)), 255);
  EXPECT_EQ(timeline_cursor(255), "ff");
  for (const char* text : {"", "FF", "0ff", "-1", "-0", "1.1"}) {
    EXPECT_FALSE(parse_timeline_cursor(text)) << text;
  }
}

TEST(HistoryPageTest, joined_texts_are_what_encoding_writes) {
  HistoryPage page;
  page.server_now = {123};
  std::vector<std::string> rows;
  for (const AnyRow& row : samples::rows()) {
    if (page.rows.size() == 3) break;
    page.rows.push_back(row);
    rows.push_back(encode(row.ref()));
  }
  EXPECT_EQ(history_page_text(page.server_now, rows, std::nullopt), encode(page));
  page.next = "1.2";
  EXPECT_EQ(history_page_text(page.server_now, rows, page.next), encode(page));
  EXPECT_EQ(encode(*decode_history_page(encode(page))), encode(page));
  TimelinePage timeline;
  timeline.server_now = {123};
  timeline.row = samples::rows().front();
  LedgerEntry entry;
  entry.id = LedgerEntryId(Uuid{1, 2});
  entry.kind = Event(events::catalog_changed);
  timeline.ledger = {entry, entry};
  timeline.next = "ff";
  EXPECT_EQ(timeline_page_text(timeline.server_now, encode(timeline.row.ref()),
                               {encode(entry), encode(entry)}, timeline.next),
            encode(timeline));
  EXPECT_EQ(encode(*decode_timeline_page(encode(timeline))), encode(timeline));
}

// In both directions: what is archived can be asked for, save what only administrators write.
TEST(HistoryKindsTest, are_the_rows_that_are_ever_finished) {
  for (const std::string_view name : history_kinds()) {
    ASSERT_NE(known_domains().row(name), nullptr);
    EXPECT_EQ(history_kind(name), known_domains().row(name));
  }
  for (const AnyRow& row : samples::rows()) {
    const bool is_ever_done = worlds::done_at(row.ref()).has_value();
    const std::string name(row.type().name);
    const auto finished = row.type().finished(row.get());
    EXPECT_EQ(is_ever_done, finished != never) << name;
    if (!is_ever_done) continue;
    EXPECT_EQ(finished, *worlds::done_at(row.ref())) << name;
    if (name == "block_override") continue;
    EXPECT_NE(history_kind(name), nullptr) << name;
  }
  EXPECT_EQ(history_kind("block"), nullptr);
  EXPECT_EQ(history_kind("user"), nullptr);
  EXPECT_EQ(history_kind(""), nullptr);
}

TEST(TimelinesTest, an_entry_stands_in_those_of_what_it_names) {
  LedgerEntry entry;
  entry.kind = Event(events::offer_made);
  EXPECT_TRUE(timelines_of(entry).empty());
  entry.kind = {events::offer_made,
                {.booking = BookingId(Uuid{0, 1}),
                 .entry = WaitlistEntryId(Uuid{0, 2}),
                 .offer = OfferId(Uuid{0, 3})}};
  EXPECT_EQ(timelines_of(entry),
            (std::vector<std::string>{"booking:00000000-0000-0000-0000-000000000001",
                                      "entry:00000000-0000-0000-0000-000000000002"}));
}

}  // namespace
}  // namespace yuanyue::wire
