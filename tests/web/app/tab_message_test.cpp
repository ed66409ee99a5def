#include "web/app/tab_message.h"

#include <gtest/gtest.h>

#include "tests/core/support/park.h"

namespace yuanyue::web::app {
namespace {

const UserId user = worlds::alpha.user;
const std::string id = to_string(user);
const std::string nobody = to_string(UserId());

struct Line {
  TabMessage message;
  std::string text;
};

// Tabs with another build of the page read these: the texts stay.
std::vector<Line> lines() {
  using Kind = TabQuestion::Kind;
  return {
      {TabQuestion{Kind::keep, user, 7, "o 1\n"}, "keep " + id + " 7\no 1\n"},
      {TabQuestion{Kind::push, user, 8, "{}"}, "push " + id + " 8\n{}"},
      {TabQuestion{Kind::pull, user, 9, "/api?a=b c"}, "pull " + id + " 9\n/api?a=b c"},
      {TabQuestion{Kind::now, UserId(), 10}, "now " + nobody + " 10\n"},
      {TabQuestion{Kind::abort, user, UINT64_MAX}, "abort " + id + " 18446744073709551615\n"},
      {TabWho{}, "who\n"},
      {TabAnswer{9, 200, 0, "{}\nx"}, "answer 9 200 0\n{}\nx"},
      {TabAnswer{9, 0, 1'000}, "answer 9 0 1000\n"},
      {TabKept{7, true}, "kept 7 1\n"},
      {TabKept{7, false}, "kept 7 0\n"},
      {TabOnline{true}, "online 1\n"},
      {TabOnline{false}, "online 0\n"},
      {TabUser{user}, "user " + id + "\n"},
      {TabCheck{}, "check\n"},
      {TabOutbox{user, "o 1\no 2\n"}, "outbox " + id + "\no 1\no 2\n"},
      {TabSignedOut{user}, "signed_out " + id + "\n"},
      {TabSignedOut{UserId()}, "signed_out " + nobody + "\n"},
  };
}

TEST(TabMessage, IsWrittenAndReadAgain) {
  for (const Line& line : lines()) {
    EXPECT_EQ(to_text(line.message), line.text);
    EXPECT_EQ(parse_tab_message(line.text), line.message) << line.text;
  }
}

TEST(TabMessage, DamagedItIsNone) {
  const std::string damaged[] = {
      "",
      "\n",
      " \n",
      "who",  // no end of the line: cut off
      "who now\n",
      "check " + id + "\n",
      "unheard_of\n",
      "unheard_of " + id + "\n",
      "KEEP " + id + " 7\n",
      "keep\n",
      "keep " + id + "\n",
      "keep " + id + " \n",
      "keep " + id + " 7 8\n",
      "keep " + id + " -7\n",
      "keep " + id + " 7x\n",
      "keep " + id + " 18446744073709551616\n",
      "keep " + id.substr(1) + " 7\n",
      "keep 7 " + id + "\n",
      "answer 9 200\n{}",
      "answer 9 200 0 0\n{}",
      "answer 9 99999999999 0\n{}",
      "answer 9 -1 0\n{}",
      "answer 9 200 -1\n{}",
      "answer  200 0\n{}",
      "kept 7\n",
      "kept 7 2\n",
      "kept 7 true\n",
      "kept x 1\n",
      "online\n",
      "online 2\n",
      "online 1 1\n",
      "user\n",
      "user somebody\n",
      "outbox\no 1\n",
      "outbox " + id + " " + id + "\no 1\n",
      "signed_out \n",
  };
  for (const std::string& text : damaged) EXPECT_FALSE(parse_tab_message(text)) << text;
}

// Cut anywhere in its first line a message is none, and never another one.
TEST(TabMessage, CutOffItIsNone) {
  for (const Line& line : lines()) {
    for (std::size_t size = 0; size <= line.text.find('\n'); ++size) {
      EXPECT_FALSE(parse_tab_message(line.text.substr(0, size))) << line.text << size;
    }
  }
}

TEST(TabMessage, AnyByteMayBeAnother) {
  for (const Line& line : lines()) {
    for (std::size_t at = 0; at < line.text.size(); ++at) {
      for (int byte = 0; byte < 256; ++byte) {
        std::string text = line.text;
        text[at] = static_cast<char>(byte);
        const auto read = parse_tab_message(text);
        // What is read at all is written so again.
        if (read) {
          EXPECT_EQ(parse_tab_message(to_text(*read)), read) << text;
        }
      }
    }
  }
}

}  // namespace
}  // namespace yuanyue::web::app
