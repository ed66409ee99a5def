#include "backend/admin/enterprise_csv.h"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "backend/admin/csv.h"

namespace yuanyue {
namespace {

using Fields = std::vector<std::string>;

TEST(CsvTest, fields_quotes_and_line_ends) {
  const auto records = parse_csv("a,b\r\n\"x,\"\"y\"\"\",\"two\nlines\"\n\nlast,");
  ASSERT_EQ(records.size(), 3U);
  EXPECT_EQ(records[0].fields, (Fields{"a", "b"}));
  EXPECT_EQ(records[1].fields, (Fields{"x,\"y\"", "two\nlines"}));
  EXPECT_EQ(records[1].line, 2U);
  EXPECT_EQ(records[2].fields, (Fields{"last", ""}));
  EXPECT_EQ(records[2].line, 5U);
}

TEST(CsvTest, quotes_that_do_not_match_are_marked) {
  for (const char* text : {"a\"b,c", "\"a\"b,c", "\"never closed\nnext"}) {
    const auto records = parse_csv(text);
    ASSERT_EQ(records.size(), 1U) << text;
    EXPECT_TRUE(records[0].is_malformed) << text;
  }
  EXPECT_TRUE(parse_csv("").empty());
  EXPECT_TRUE(parse_csv("\n\r\n").empty());
}

TEST(EnterpriseCsvTest, columns_in_any_order_and_either_language) {
  const auto csv = read_enterprise_csv(
      "\xEF\xBB\xBF联系人,统一社会信用代码,企业名称\n王女士,91310115ma1kqdmq34, 某企业 \n");
  ASSERT_TRUE(csv);
  ASSERT_EQ(csv->rows.size(), 1U);
  EXPECT_EQ(csv->rows[0].name, "某企业");
  EXPECT_EQ(csv->rows[0].credit_code, "91310115MA1KQDMQ34");
  EXPECT_EQ(csv->rows[0].contact, "王女士");
  EXPECT_TRUE(csv->warnings.empty());
}

TEST(EnterpriseCsvTest, tags) {
  const auto csv = read_enterprise_csv(
      "name,credit_code,tags\n"
      "a,91310115MA1KQDMQ34,high_tech; key_project\n"
      "b,91310115MA1KRX1QQY,高新技术企业、重点招商项目\n");
  ASSERT_TRUE(csv);
  ASSERT_EQ(csv->rows.size(), 2U);
  for (const EnterpriseCsvRow& row : csv->rows) EXPECT_TRUE(row.high_tech && row.key_project);
}

TEST(EnterpriseCsvTest, malformed_rows_name_their_line_and_leave_the_others) {
  const auto csv = read_enterprise_csv(
      "name,credit_code\n"
      "good,91310115MA1KQDMQ34\n"
      "letters,91310115MA1KQDMQ3O\n"
      "too many,91310115MA1KRX1QQY,x\n"
      "\xFF\xFE,91310115MA1KRX1QQY\n"
      "wrong digit,91310115MA1KQDMQ35\n");
  ASSERT_TRUE(csv);
  ASSERT_EQ(csv->refused.size(), 3U);
  EXPECT_EQ(csv->refused[0].line, 3U);
  EXPECT_EQ(csv->refused[1].line, 4U);
  EXPECT_EQ(csv->refused[2].line, 5U);
  EXPECT_EQ(csv->rows.size(), 2U);
  ASSERT_EQ(csv->warnings.size(), 1U);
  EXPECT_EQ(csv->warnings[0].line, 6U);
}

TEST(EnterpriseCsvTest, rows_survive_the_way_through_the_socket) {
  const auto csv = read_enterprise_csv(
      "name,credit_code,tags,contact\n\"甲,\"\"乙\"\"\",91310115MA1KQDMQ34,high_tech,x\n");
  const auto rows = enterprise_rows_of(to_json(csv->rows));
  ASSERT_TRUE(rows);
  EXPECT_EQ(rows->front().name, "甲,\"乙\"");
  EXPECT_TRUE(rows->front().high_tech);
  EXPECT_FALSE(enterprise_rows_of(nlohmann::json::object()));
  EXPECT_FALSE(enterprise_rows_of({{"rows", {1, 2}}}));
}

}  // namespace
}  // namespace yuanyue
