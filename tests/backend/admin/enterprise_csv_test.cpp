#include "backend/admin/enterprise_csv.h"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "backend/admin/csv.h"

namespace yuanyue {
namespace {

using Fields = std::vector<std::string>;

TEST(CsvTest, fields_quotes_and_line_ends) {
  const auto records = parse_csv("a,b\r\n\"x,\"\"y\"\"\",z\n\n\nlast,");
  ASSERT_EQ(records.size(), 3U);
  EXPECT_EQ(records[0].fields, (Fields{"a", "b"}));
  EXPECT_EQ(records[1].fields, (Fields{"x,\"y\"", "z"}));
  EXPECT_EQ(records[1].line, 2U);
  EXPECT_EQ(records[2].fields, (Fields{"last", ""}));
  EXPECT_EQ(records[2].line, 5U);
}

TEST(CsvTest, quotes_that_do_not_match_are_marked) {
  for (const char* text : {"a\"b,c", "\"a\"b,c"}) {
    const auto records = parse_csv(text);
    ASSERT_EQ(records.size(), 1U) << text;
    EXPECT_EQ(records[0].fault, CsvFault::stray_quote) << text;
  }
  EXPECT_TRUE(parse_csv("").empty());
  EXPECT_TRUE(parse_csv("\n\r\n").empty());
}

TEST(CsvTest, a_quote_that_is_not_closed_costs_its_own_line) {
  const auto records = parse_csv("a,\"b\r\nc,d\r\n\"e,f\r\n\"g\",h\n\"");
  ASSERT_EQ(records.size(), 5U);
  EXPECT_EQ(records[0].fault, CsvFault::unclosed_quote);
  EXPECT_EQ(records[1].fields, (Fields{"c", "d"}));
  EXPECT_EQ(records[1].fault, CsvFault::none);
  EXPECT_EQ(records[2].fault, CsvFault::unclosed_quote);
  EXPECT_EQ(records[3].fields, (Fields{"g", "h"}));
  EXPECT_EQ(records[3].line, 4U);
  EXPECT_EQ(records[4].fault, CsvFault::unclosed_quote);
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

EnterpriseCsv read(const std::string& rows,
                   const std::string& header = "name,credit_code,tags,contact") {
  auto csv = read_enterprise_csv(header + "\n" + rows);
  EXPECT_TRUE(csv) << (csv ? "" : csv.error());
  return csv.value_or(EnterpriseCsv{});
}

TEST(EnterpriseCsvTest, tags_are_separated_as_people_do) {
  for (const char* separator : {";", "；", "、", "，", " ；　", ","}) {
    const auto csv =
        read("甲,91310115MA1KQDMQ34,\"高新技术企业" + std::string(separator) + "key_project\",\n");
    ASSERT_EQ(csv.rows.size(), 1U) << separator;
    EXPECT_TRUE(csv.rows[0].high_tech && csv.rows[0].key_project) << separator;
  }
}

TEST(EnterpriseCsvTest, full_width_codes_are_taken_as_typed) {
  const auto csv = read(
      "甲,９１３１０１１５ＭＡ１ＫＱＤＭＱ３４　,,\n乙,９１３１０１１５ｍａ１ｋｒｘ１ｑｑｙ,,\n");
  ASSERT_EQ(csv.rows.size(), 2U);
  EXPECT_EQ(csv.rows[0].credit_code, "91310115MA1KQDMQ34");
  EXPECT_EQ(csv.rows[1].credit_code, "91310115MA1KRX1QQY");
  EXPECT_TRUE(csv.warnings.empty());
}

TEST(EnterpriseCsvTest, outer_spaces_of_every_script_are_left_out) {
  const auto csv = read(
      "\xE3\x80\x80 甲\xE3\x80\x80乙 "
      "公司\xC2\xA0\xE3\x80\x80,91310115MA1KQDMQ34,,\xE3\x80\x80王\t\n");
  ASSERT_EQ(csv.rows.size(), 1U);
  EXPECT_EQ(csv.rows[0].name, "甲\xE3\x80\x80乙 公司");
  EXPECT_EQ(csv.rows[0].contact, "王");
}

TEST(EnterpriseCsvTest, what_cannot_be_seen_is_refused_by_its_name) {
  struct Case {
    std::string name;
    std::string contact;
    std::string message;
  };
  const Case cases[] = {
      {"\xE3\x80\x80", "", "The name is missing."},
      {"\xE2\x80\x8B", "", "The name is missing."},
      {"甲\xE2\x80\xAE"
       "乙",
       "", "The name has a character that cannot be seen: U+202E."},
      {"甲\xE2\x80\x8B", "", "The name has a character that cannot be seen: U+200B."},
      {"甲\xC2\x9B"
       "31m",
       "", "The name has a character that cannot be seen: U+009B."},
      {"甲", "王\x1B[2J", "The contact has a character that cannot be seen: U+001B."},
  };
  for (const Case& each : cases) {
    const auto csv = read(each.name + ",91310115MA1KQDMQ34,," + each.contact + "\n");
    EXPECT_TRUE(csv.rows.empty());
    ASSERT_EQ(csv.refused.size(), 1U);
    EXPECT_EQ(csv.refused[0].message, each.message);
  }
}

TEST(EnterpriseCsvTest, rows_that_show_nothing_are_passed_over) {
  const auto csv =
      read("甲,91310115MA1KQDMQ34,,\r\n,,,\r\n, ,\xE3\x80\x80,\r\n,,,,,,\r\n\"\",,,\r\n");
  EXPECT_EQ(csv.rows.size(), 1U);
  EXPECT_TRUE(csv.refused.empty());
}

TEST(EnterpriseCsvTest, columns_without_a_title_must_be_empty) {
  const auto csv =
      read("甲,91310115MA1KQDMQ34,,\n乙,91310115MA1KRX1QQY,,x\n", "name,credit_code,,");
  EXPECT_EQ(csv.rows.size(), 1U);
  ASSERT_EQ(csv.refused.size(), 1U);
  EXPECT_EQ(csv.refused[0].message, "Column 4 has a value and no title.");
}

TEST(EnterpriseCsvTest, a_stray_quote_takes_no_good_row_with_it) {
  const auto csv =
      read("\"甲,91310115MA1KQDMQ34,,\n乙,91310115MA1KRX1QQY,,\n丙\"公司,91310115MA1KQDMQ35,,\n");
  ASSERT_EQ(csv.rows.size(), 1U);
  EXPECT_EQ(csv.rows[0].name, "乙");
  ASSERT_EQ(csv.refused.size(), 2U);
  EXPECT_EQ(csv.refused[0].line, 2U);
  EXPECT_EQ(csv.refused[1].line, 4U);
}

TEST(EnterpriseCsvTest, other_separators_are_named) {
  const auto header = read_enterprise_csv("企业名称，统一社会信用代码\n");
  ASSERT_FALSE(header);
  EXPECT_NE(header.error().find("here stands '，'"), std::string::npos) << header.error();
  EXPECT_NE(read_enterprise_csv("name\tcredit_code\n").error().find("a tab"), std::string::npos);
  const auto csv = read("甲，91310115MA1KQDMQ34，，\n");
  ASSERT_EQ(csv.refused.size(), 1U);
  EXPECT_EQ(
      csv.refused[0].message,
      "Fields in this line: 1 instead of 4. Columns are separated by ',', and here stands '，'.");
}

TEST(EnterpriseCsvTest, wrong_codes_say_what_is_wrong) {
  const auto csv = read("甲,9131,,\n乙,,,\n丙,91310115MA1KQDMQ3O,,\n");
  ASSERT_EQ(csv.refused.size(), 3U);
  EXPECT_EQ(csv.refused[0].message, "The credit code has 4 characters instead of 18.");
  EXPECT_EQ(csv.refused[1].message, "The credit code is missing.");
  EXPECT_NE(csv.refused[2].message.find("without I, O, S, V, Z"), std::string::npos);
}

TEST(EnterpriseCsvTest, files_of_other_encodings_are_named) {
  // 企业名称,统一社会信用代码 / 联通,… in GBK; the second line is sound UTF-8 by chance.
  const std::string gbk =
      "\xC6\xF3\xD2\xB5\xC3\xFB\xB3\xC6,"
      "\xCD\xB3\xD2\xBB\xC9\xE7\xBB\xE1\xD0\xC5\xD3\xC3\xB4\xFA\xC2\xEB\r\n"
      "\xC1\xAA\xCD\xA8,91310115MA1KQDMQ34\r\n"
      "\xC9\xCF\xBA\xA3\xB9\xAB\xCB\xBE,91310115MA1KRX1QQY\r\n";
  const auto refused = read_enterprise_csv(gbk);
  ASSERT_FALSE(refused);
  EXPECT_NE(refused.error().find("The file is GBK"), std::string::npos) << refused.error();
  EXPECT_NE(refused.error().find("CSV UTF-8"), std::string::npos);
  const auto wide = read_enterprise_csv(std::string_view("\xFF\xFEn\0a\0", 6));
  ASSERT_FALSE(wide);
  EXPECT_NE(wide.error().find("UTF-16"), std::string::npos);
  // One bad line leaves a UTF-8 file what it is.
  EXPECT_EQ(read("公司甲,91310115MA1KQDMQ34,,\n\xC6\xF3,91310115MA1KRX1QQY,,\n").refused.size(),
            1U);
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
