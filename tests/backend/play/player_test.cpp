#include "backend/play/player.h"

#include <sstream>

#include <gtest/gtest.h>

#include "backend/play/names.h"
#include "backend/play/script.h"

namespace yuanyue {
namespace {

constexpr std::string_view enterprise =
    R"({"type":"enterprise","id":"$mulan","name":"木兰","credit_code":"91310000TE5T00001X",)"
    R"("key_project":false,"high_tech":false,"contact":""})";

std::string user(std::string_view id, std::string_view name, std::string_view of = "$mulan") {
  return R"({"type":"user","id":")" + std::string(id) + R"(","enterprise":")" + std::string(of) +
         R"(","role":"member","name":")" + std::string(name) +
         R"(","display_name":"","disabled":false})";
}

std::string hall(std::string_view park) {
  return R"({"type":"hall","id":"hall","park":")" + std::string(park) +
         R"(","name":{"zh":"大厅","en":""},"address":{"zh":"","en":""},"phone":"",)"
         R"("schedule":{"weekly_hours":[[],[],[],[],[],[],[]],"closures":[],"extra_days":[]}})";
}
constexpr std::string_view park = R"({"type":"park","id":"park","name":{"zh":"园区","en":""}})";

std::string rows(const std::string& list) { return R"({"rows":[)" + list + "]}"; }

std::string error_of(Player& player, std::string_view line) {
  const auto answer = player.play(line);
  return answer ? "no error: " + *answer : answer.error();
}
std::string error_of(std::string_view line) {
  Player player;
  return error_of(player, line);
}
std::string answer_of(Player& player, std::string_view line) {
  const auto answer = player.play(line);
  return answer ? *answer : "error: " + answer.error();
}

TEST(PlayerTest, passes_over_comments_and_empty_lines) {
  Player player;
  for (const char* line : {"", "   ", "\r", "# a remark", "#{"}) {
    EXPECT_EQ(answer_of(player, line), "") << line;
  }
}

TEST(PlayerTest, says_what_is_wrong_with_a_line) {
  EXPECT_EQ(error_of("[]"), "an object is wanted");
  EXPECT_TRUE(error_of("{").starts_with("not_json"));
  EXPECT_TRUE(error_of("\xff").starts_with("not_utf8"));
  EXPECT_TRUE(error_of(R"({"at":1,"at":2})").find("duplicate_field") != std::string::npos);
  EXPECT_TRUE(error_of(std::string(100, '[')).ends_with("[0]: too_deep"));
  EXPECT_EQ(error_of("{}"), "\"rows\", \"at\" or \"show\" is wanted");
  EXPECT_EQ(error_of(R"({"rows":[],"x":1})"), "x: unknown_field");
  EXPECT_EQ(error_of(R"({"rows":{}})"), "rows: an array is wanted");
  EXPECT_TRUE(error_of(R"({"rows":[{"type":"ghost"}]})").starts_with("rows[0].type: unknown_type"));
  EXPECT_TRUE(error_of(R"({"rows":[7]})").starts_with("rows[0]: wrong_type"));
  EXPECT_EQ(error_of(R"({"show":{"rows":"ghost"}})"), "show.rows: no type of row");
  EXPECT_EQ(error_of(R"({"show":{"rows":7}})"), "show.rows: no type of row");
  EXPECT_EQ(error_of(R"({"show":{"rows":"user","where":[]}})"), "show.where: an object is wanted");
  EXPECT_EQ(error_of(R"({"show":{"rows":"user","where":{"x":1}}})"),
            "show.where.x: no field of user");
  EXPECT_EQ(error_of(R"({"show":7})"),
            "show: \"archive\", \"ledger\", \"rows\" or \"may\" is wanted");
}

TEST(PlayerTest, takes_rows_in_any_order_and_none_that_refer_to_nothing) {
  Player player;
  EXPECT_EQ(answer_of(player, rows(hall("park") + "," + std::string(park))), R"({"put":2})");
  EXPECT_EQ(error_of(rows(std::string(enterprise) + "," + hall("park"))), "rows[1].park: invalid");
  EXPECT_EQ(error_of(rows(user("$one", "one"))), "rows[0].enterprise: invalid");
  EXPECT_EQ(answer_of(player, rows(user("$one", "one") + "," + std::string(enterprise))),
            R"({"put":2})");
  EXPECT_EQ(error_of(player, rows(user("$two", "one"))), "rows[0]: already_exists");
  EXPECT_EQ(error_of(rows(std::string(park) + "," + std::string(park))), "rows[1].id: invalid");
  EXPECT_EQ(error_of(R"({"rows":[{"type":"block_override","key":{"service":"ghost",)"
                     R"("date":"2026-11-25","start":"09:00"},"closed":true,"reason":""}]})"),
            "rows[0].key.service: not_found");
}

TEST(PlayerTest, takes_no_open_work_that_does_not_hold_together) {
  EXPECT_EQ(
      error_of(R"({"rows":[{"type":"block","key":{"service":"ghost","date":"2026-11-25",)"
               R"("start":"09:00"},"end":"10:00","booked":1,"held":0,"waiting":[0,0,0,0,0]}]})"),
      "rows[0].key.service: not_found");
}

TEST(PlayerTest, rows_are_the_start) {
  Player player;
  EXPECT_EQ(answer_of(player, R"({"at":"2026-11-23T09:00:00+08:00","due":true})"), R"({"due":[]})");
  EXPECT_EQ(error_of(player, rows(std::string(park))),
            "rows: they are the start and stand before the first \"at\"");
}

TEST(PlayerTest, time_does_not_run_backwards) {
  Player player;
  EXPECT_EQ(answer_of(player, R"({"at":"2026-11-23T09:00:00+08:00","due":true})"), R"({"due":[]})");
  EXPECT_EQ(answer_of(player, R"({"at":"2026-11-23T01:00:00Z","due":true})"), R"({"due":[]})");
  EXPECT_EQ(error_of(player, R"({"at":"2026-11-23T08:59:59+08:00","due":true})"),
            "at: time does not run backwards, it is 2026-11-23T09:00:00+08:00");
  EXPECT_TRUE(error_of(R"({"at":"tomorrow","due":true})").starts_with("at: a time such as"));
  EXPECT_TRUE(error_of(R"({"at":"1970-01-01T00:00:00Z","due":true})").starts_with("at: out_of"));
  EXPECT_TRUE(error_of(R"({"at":"2199-01-01T00:00:00Z","due":true})").starts_with("at: out_of"));
  EXPECT_TRUE(error_of(R"({"at":"2026-11-23T01:00:00Z","due":false})").starts_with("due: true"));
}

TEST(PlayerTest, who_is_not_there_is_refused) {
  Player player;
  const std::string book = R"("do":{"type":"book_appointment","booking":"$b","block":)"
                           R"({"service":"tax","date":"2026-11-25","start":"09:00"}})";
  const std::string at = R"({"at":"2026-11-23T09:00:00+08:00","as":)";
  const std::string not_permitted = R"("code":"not_permitted")";
  EXPECT_NE(answer_of(player, at + R"("$ghost",)" + book + "}").find(not_permitted),
            std::string::npos);
  EXPECT_NE(answer_of(player, at + R"("console",)" + book + "}").find(not_permitted),
            std::string::npos);
  EXPECT_NE(answer_of(player, R"({"show":{"may":{"as":"$ghost",)" + book + "}}}").find("refused"),
            std::string::npos);
  EXPECT_TRUE(error_of(player, at + R"("root",)" + book + "}").starts_with("as: "));
  EXPECT_TRUE(error_of(player, at + R"(null,)" + book + "}").starts_with("as: "));
  EXPECT_EQ(error_of(player, at + R"("console"})"), "do: missing_field");
  EXPECT_TRUE(error_of(player, at + R"("console","do":{"type":"run_due"}})")
                  .starts_with("do.type: not_allowed"));
}

TEST(PlayerTest, may_needs_a_time_and_changes_nothing) {
  const std::string may = R"({"show":{"may":{"as":"console","do":{"type":"save_enterprise",)"
                          R"("enterprise":)" +
                          std::string(enterprise).replace(1, 20, "") + "}}}}";
  EXPECT_EQ(error_of(may), "show.may: there is no time before the first \"at\"");
  Player player;
  answer_of(player, R"({"at":"2026-11-23T09:00:00+08:00","due":true})");
  EXPECT_TRUE(answer_of(player, may).starts_with(R"({"may":{"accepted":[{)"));
  EXPECT_EQ(answer_of(player, R"({"show":"ledger"})"), R"({"ledger":[]})");
  EXPECT_EQ(answer_of(player, R"({"show":{"rows":"enterprise"}})"), R"({"rows":[]})");
}

// As the server has it: their id is used for ever, their notes go from the ledger.
TEST(PlayerTest, who_was_erased_does_not_come_back) {
  Player player;
  ASSERT_EQ(answer_of(player, rows(std::string(enterprise) + "," + user("$li", "li-si"))),
            R"({"put":2})");
  const auto console = [&](const std::string& command) {
    return answer_of(player,
                     R"({"at":"2026-11-23T09:00:00+08:00","as":"console","do":)" + command + "}");
  };
  std::string account = user("$li", "li-si");
  account.erase(1, std::string_view(R"("type":"user",)").size());  // a field has no type
  const std::string saved = R"({"type":"save_user","user":)" + account + "}";
  EXPECT_TRUE(console(saved).starts_with(R"({"accepted":)"));
  EXPECT_TRUE(console(R"({"type":"erase_user","user":"$li"})").starts_with(R"({"accepted":)"));
  EXPECT_TRUE(console(saved).find("already_exists") != std::string::npos);
  EXPECT_EQ(answer_of(player, R"({"show":"ledger"})").find("li-si"), std::string::npos);
  EXPECT_EQ(answer_of(player, R"({"show":{"rows":"user"}})"), R"({"rows":[]})");
}

TEST(PlayerTest, shows_the_rows_that_match) {
  Player player;
  answer_of(player,
            rows(std::string(enterprise) + "," + user("$one", "one") + "," + user("$two", "two")));
  const std::string two =
      answer_of(player, R"({"show":{"rows":"user","where":{"name":"two","enterprise":"$mulan"}}})");
  EXPECT_NE(two.find(to_string(id_of_name("$two"))), std::string::npos);
  EXPECT_EQ(two.find(to_string(id_of_name("$one"))), std::string::npos);
  EXPECT_EQ(answer_of(player, R"({"show":{"rows":"user","where":{"role":"administrator"}}})"),
            R"({"rows":[]})");
}

TEST(PlayScriptTest, an_error_names_its_line_and_ends_the_play) {
  std::istringstream in("# one\n\n{\"show\":\"ledger\"}\n{\"show\":\"nothing\"}\n{}\n");
  std::ostringstream out;
  const auto played = play_script(in, out);
  ASSERT_FALSE(played);
  EXPECT_TRUE(played.error().starts_with("Line 4: show:")) << played.error();
  EXPECT_EQ(out.str(), "{\"ledger\":[]}\n");
}

TEST(PlayScriptTest, no_line_and_no_script_is_endless) {
  std::istringstream one_line(std::string(max_play_line_bytes + 1, '#'));
  std::ostringstream out;
  const auto played = play_script(one_line, out);
  ASSERT_FALSE(played);
  EXPECT_EQ(played.error(), "Line 1: longer than 1048576 bytes.");

  std::istringstream fits(std::string(max_play_line_bytes, '#'));
  EXPECT_TRUE(play_script(fits, out));
  std::istringstream lines(std::string(max_play_lines + 1, '\n'));
  EXPECT_EQ(play_script(lines, out).error(), "Line 100001: a script has at most 100000 lines.");
}

}  // namespace
}  // namespace yuanyue
