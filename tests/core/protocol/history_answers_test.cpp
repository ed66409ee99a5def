#include <gtest/gtest.h>

#include "core/protocol/history.h"
#include "tests/core/support/samples.h"

namespace yuanyue::wire {
namespace {

template <class Message, class Decode>
void expect_same_text(const Message& message, Decode decode) {
  const std::string text = encode(message);
  const auto back = decode(text);
  ASSERT_TRUE(back.has_value()) << to_string(back.error().code) << " at " << back.error().path;
  EXPECT_EQ(encode(*back), text);
}

TEST(HistoryAnswers, AnswersComeBackAsTheyWent) {
  expect_same_text(samples::history_page(), decode_history_page);
  expect_same_text(samples::timeline_page(), decode_timeline_page);
  HistoryPage last = samples::history_page();
  last.next.reset();
  last.rows.clear();
  expect_same_text(last, decode_history_page);
  EXPECT_EQ(encode(last).find("next"), std::string::npos);
}

TEST(HistoryAnswers, AnswersAreBounded) {
  HistoryPage page = samples::history_page();
  const AnyRow row = page.rows.front();
  page.rows.assign(max_history_page + 1, row);
  EXPECT_EQ(decode_history_page(encode(page)).error().code, DecodeErrorCode::too_many);
  page.rows.resize(max_history_page);
  EXPECT_TRUE(decode_history_page(encode(page)));
  page.next = std::string(max_cursor_bytes + 1, 'x');
  EXPECT_EQ(decode_history_page(encode(page)).error().path, "next");
  page.next = "";
  EXPECT_EQ(decode_history_page(encode(page)).error().code, DecodeErrorCode::too_short);

  TimelinePage timeline = samples::timeline_page();
  const LedgerEntry entry = timeline.ledger.front();
  timeline.ledger.assign(max_history_page + 1, entry);
  EXPECT_EQ(decode_timeline_page(encode(timeline)).error().code, DecodeErrorCode::too_many);
}

TEST(HistoryAnswers, AnswersAreReadStrictly) {
  EXPECT_EQ(decode_history_page("{\"rows\":[],\"server_now\":1,\"total\":3}").error().code,
            DecodeErrorCode::unknown_field);
  EXPECT_EQ(decode_history_page("{\"server_now\":1}").error().path, "rows");
  EXPECT_EQ(decode_history_page("{\"next\":null,\"rows\":[],\"server_now\":1}").error().path,
            "next");
  EXPECT_EQ(decode_timeline_page("{\"ledger\":[],\"server_now\":1}").error().path, "row");
}

}  // namespace
}  // namespace yuanyue::wire
