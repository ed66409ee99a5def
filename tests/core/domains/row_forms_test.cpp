// Rows of every earlier form, as they were written then, become today's without a loss.
#include "core/domains/row_forms.h"

#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "core/domains/codec.h"
#include "tests/core/support/samples.h"

namespace yuanyue::wire {
namespace {

// As the programs of form 1 wrote them: never to be changed.
const std::string block_1 =
    R"({"booked":2,"end":"11:00","held":1,"key":{"date":"2026-11-25","service":"licence",)"
    R"("start":"09:00"},"queue":[{"entry":"00000000-0000-00e0-0000-000000000003",)"
    R"("since":1794796200000,"tier":"key_project"},{"entry":)"
    R"("00000000-0000-00e0-0000-000000000001","since":1794792600000,"tier":"ordinary"},{"entry":)"
    R"("00000000-0000-00e0-0000-000000000002","since":1794792600001,"tier":"ordinary"}],)"
    R"("reserve_release_at":1795395600000,"type":"block"})";
const std::string empty_block_1 =
    R"({"booked":1,"end":"11:00","held":1,"key":{"date":"2026-11-26","service":"licence",)"
    R"("start":"09:00"},"queue":[],"type":"block"})";
std::string entry_of(int number, const std::string& offer, const std::string& status) {
  return R"({"auto_accept":false,"blocks":[{"date":"2026-11-25","service":"licence",)"
         R"("start":"09:00"},{"date":"2026-11-26","service":"licence","start":"09:00"}],)"
         R"("closes_at":1795395600000,"end_reason":"none","enterprise":)"
         R"("00000000-0000-00a0-0000-00000000000)" +
         std::to_string(number) + R"(","id":"00000000-0000-00e0-0000-00000000000)" +
         std::to_string(number) + R"(","joined_at":1794792600000,"joined_tier":"ordinary",)" +
         offer + R"("service":"licence","status":")" + status +
         R"(","tier":"ordinary","wishes":[{"date":"2026-11-25","part":"any"}]})";
}
std::string entry_1(int number, const std::string& offer, const std::string& status) {
  std::string json = entry_of(number, offer, status);
  json.insert(json.find(R"("wishes")"), R"("type":"waitlist_entry",)");
  return json;
}
const std::string offer_1 =
    R"({"block":{"date":"2026-11-26","service":"licence","start":"09:00"},"end":"11:00",)"
    R"("enterprise":"00000000-0000-00a0-0000-000000000002","entry":)"
    R"("00000000-0000-00e0-0000-000000000002","expires_at":1794800000000,"id":)"
    R"("00000000-0000-00f0-0000-000000000001","made_at":1794792900000,"status":"open",)"
    R"("type":"offer"})";

std::vector<std::string> rows_of_form_1() {
  return {
      block_1,       entry_1(1, "", "waiting"),
      empty_block_1, entry_1(2, R"("offer":"00000000-0000-00f0-0000-000000000001",)", "offered"),
      offer_1,       entry_1(3, "", "waiting")};
}

std::vector<std::string> texts(const std::vector<AnyRow>& rows) {
  std::vector<std::string> texts;
  texts.reserve(rows.size());
  for (const AnyRow& row : rows) texts.push_back(encode(row));
  return texts;
}

std::string place(const char* entry, const char* enterprise, const char* ahead) {
  return std::string(R"({"ahead":)") + ahead +
         R"(,"enterprise":"00000000-0000-00a0-0000-00000000000)" + enterprise +
         R"(","key":{"date":"2026-11-25","entry":"00000000-0000-00e0-0000-00000000000)" + entry +
         R"(","start":"09:00"},"type":"waiting_place"})";
}

Decoded<RowReader::Rest> rest_of(const std::vector<std::string>& rows) {
  RowReader reader(1);
  for (const std::string& row : rows) {
    const auto read = reader.read(row);
    if (!read) return std::unexpected(read.error());
    EXPECT_FALSE(*read) << row;
  }
  return reader.take_rest();
}

TEST(RowForms, QueuesBecomeNumbersAndPlaces) {
  const auto rest = rest_of(rows_of_form_1());
  ASSERT_TRUE(rest) << rest.error().path;
  EXPECT_EQ(texts(rest->unchanged), (std::vector<std::string>{entry_1(1, "", "waiting"), offer_1,
                                                              entry_1(3, "", "waiting")}));
  const std::string block =
      R"({"booked":2,"end":"11:00","held":1,"key":{"date":"2026-11-25","service":"licence",)"
      R"("start":"09:00"},"reserve_release_at":1795395600000,"type":"block",)"
      R"("waiting":[0,0,1,0,2]})";
  const std::string empty_block =
      R"({"booked":1,"end":"11:00","held":1,"key":{"date":"2026-11-26","service":"licence",)"
      R"("start":"09:00"},"type":"block","waiting":[0,0,0,0,0]})";
  const std::string offered =
      entry_1(2,
              R"("offer":"00000000-0000-00f0-0000-000000000001","offered_block":)"
              R"({"date":"2026-11-26","service":"licence","start":"09:00"},)",
              "offered");
  EXPECT_EQ(
      texts(rest->changed),
      (std::vector<std::string>{block, empty_block, offered, place("3", "3", "[0,0,0,0,0]"),
                                place("1", "1", "[0,0,1,0,0]"), place("2", "2", "[0,0,1,0,1]")}));
}

TEST(RowForms, WhatHoldsNothingTogetherIsAFault) {
  struct Line {
    std::vector<std::string> rows;
    const char* path;
  };
  std::string no_start = block_1;
  no_start.replace(no_start.find(R"(,"start":"09:00")"), 16, "");
  std::string no_tier = block_1;
  no_tier.replace(no_tier.find(R"(,"tier":"key_project")"), 21, "");
  std::string new_block = empty_block_1;
  new_block.replace(new_block.find(R"("queue":[],)"), 11, "");
  std::string no_list = empty_block_1;
  no_list.replace(no_list.find(R"("queue":[])"), 10, R"("queue":5)");
  const std::string offered =
      entry_1(2, R"("offer":"00000000-0000-00f0-0000-000000000001",)", "offered");
  const Line lines[] = {
      {{block_1}, "queue"},   {{no_start}, "key"},  {{no_tier, entry_1(3, "", "waiting")}, "queue"},
      {{new_block}, "queue"}, {{no_list}, "queue"}, {{offered}, "offer"}};
  for (const Line& line : lines) {
    const auto rest = rest_of(line.rows);
    ASSERT_FALSE(rest) << line.rows.front();
    EXPECT_EQ(rest.error().path, line.path);
  }
  EXPECT_FALSE(RowReader(1).read("{"));
  EXPECT_FALSE(RowReader(1).read(R"({"type":"nothing"})"));
  EXPECT_FALSE(RowReader(1).read(R"({"booked":1.5,"type":"block"})"));
}

TEST(RowForms, OtherRowsAreReadAtOnce) {
  for (const AnyRow& row : samples::rows()) {
    const std::string json = encode(row);
    const auto today = RowReader(row_form).read(json);
    ASSERT_TRUE(today) << json;
    EXPECT_EQ(*today, row);
    const std::string_view name = row.type().name;
    if (name == "block" || name == "waitlist_entry" || name == "offer") continue;
    const auto before = RowReader(1).read(json);
    ASSERT_TRUE(before) << json;
    EXPECT_EQ(*before, row);
  }
  RowReader nothing(1);
  const auto rest = nothing.take_rest();
  ASSERT_TRUE(rest);
  EXPECT_TRUE(rest->changed.empty() && rest->unchanged.empty());
}

}  // namespace
}  // namespace yuanyue::wire
