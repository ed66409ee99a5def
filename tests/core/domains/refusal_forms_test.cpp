#include "core/domains/refusal_forms.h"

#include <gtest/gtest.h>

#include "core/domains/codec.h"

namespace yuanyue::wire {
namespace {

TEST(RefusalForms, EachSaysItsOwnAndNoMore) {
  struct Line {
    const char* before;
    const char* after;
  };
  const Line lines[] = {
      {R"({"block":{"date":"2026-11-25","service":"tax","start":"09:00"},"code":"not_found",)"
       R"("field":"","limit":0,"reason_name":"","ways":[{"free_seats":0,"kind":"refresh"}]})",
       R"({"code":"not_found","ways":[{"kind":"refresh"}]})"},
      {R"({"code":"invalid","field":"","limit":0,"reason_name":"国庆节","ways":[]})",
       R"({"code":"invalid","field":"","reason_name":"国庆节","ways":[]})"},
      {R"({"code":"stale","entry":"00000000-0000-0001-0000-000000000001","field":"","limit":0,)"
       R"("reason_name":"","ways":[]})",
       R"({"code":"stale","row":{"id":"00000000-0000-0001-0000-000000000001",)"
       R"("type":"waitlist_entry"},"ways":[]})"},
      {R"({"at":5,"code":"outside_window","field":"","limit":30,"reason_name":"","ways":[{)"
       R"("block":{"date":"2026-11-25","service":"tax","start":"09:00"},"free_seats":2,)"
       R"("kind":"choose_block"}]})",
       R"({"at":5,"code":"outside_window","limit":30,"ways":[{)"
       R"("block":{"date":"2026-11-25","service":"tax","start":"09:00"},"free_seats":2,)"
       R"("kind":"choose_block"}]})"},
  };
  for (const Line& line : lines) {
    const auto now = rejection_from_protocol_3(line.before);
    ASSERT_TRUE(now) << line.before;
    EXPECT_EQ(*now, line.after);
    const auto read = decode_rejection(*now);
    ASSERT_TRUE(read) << *now << ": " << read.error().path;
    EXPECT_EQ(encode(*read), *now);
  }
}

TEST(RefusalForms, WhatIsNoRefusalIsNone) {
  for (const char* json : {"", "[]", "{}", R"({"code":1,"ways":[]})", R"({"code":"stale"})",
                           R"({"code":"stale","ways":[{}]})"}) {
    EXPECT_EQ(rejection_from_protocol_3(json), std::nullopt) << json;
  }
  const std::string accepted = R"({"accepted":true,"id":"x","revision":1,"seq":1})";
  EXPECT_EQ(result_from_protocol_3(accepted), accepted);
}

}  // namespace
}  // namespace yuanyue::wire
