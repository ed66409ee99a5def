// What must hold between the fields of one struct: each well-formed, together they mean nothing.
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include "core/catalog/import_calendar_year.h"
#include "core/catalog/save_catalog.h"
#include "core/domains/codec.h"
#include "core/people/save_enterprise.h"
#include "core/people/save_user.h"
#include "tests/core/support/park.h"

namespace yuanyue::wire {
namespace {

using worlds::clock;
using worlds::day;
using worlds::span;

CalendarYear calendar_year() {
  CalendarYear year;
  year.year = 2027;
  year.papers = {"https://example.gov.cn/notice"};
  year.off = {{day("2027-01-01"), "元旦", 2026, "随上年通知"}, {day("2027-10-01"), "国庆节"}};
  year.work = {{day("2027-01-03"), "元旦"}, {day("2027-09-30"), "国庆节", 0, "周四, 通知如此"}};
  year.pending = "十二月的最后几天";
  return year;
}

Hall hall() {
  Hall row = worlds::hall_row();
  row.address = {"科创大街 1 号", "1 Kechuang Street"};
  row.schedule.closures = {{day("2026-12-01"), "停电"}, {day("2026-12-02"), "台风"}};
  row.schedule.extra_days = {{day("2026-12-05"), {span("09:00", "12:00")}, "加开"}};
  return row;
}

Service service() {
  Service row = worlds::licence_row();
  row.summary = {"两行\"引号\"与\\斜线", "summary"};
  row.materials = {{{"营业执照", "Licence"}, {"原件", ""}, true}, {{"章程", ""}, {"", ""}, false}};
  row.steps = {{"受理", "Intake"}, {"审核", ""}};
  row.statutory_business_days = 5;
  row.weekly[1].emergency_reserve = 1;
  row.weekly[1].weekdays = 0b00101;
  row.policy.notice = {2, Counting::exclude_appointment_day, clock("16:30")};
  row.active = false;
  return row;
}

SaveCatalog save_catalog() {
  return {{Park{worlds::park, {"经开区", "Park"}}},
          {hall()},
          {Department{worlds::department, worlds::park, {"资质认定科", ""}, "010-1"}},
          {service(), worlds::tax_row()}};
}

struct Case {
  std::string text;
  DecodeErrorCode code;
  std::string path;
};

void expect_refused(const std::vector<Case>& cases) {
  for (const Case& each : cases) {
    const auto command = decode_command(each.text);
    ASSERT_FALSE(command.has_value()) << each.text;
    EXPECT_EQ(to_string(command.error().code), to_string(each.code)) << each.text;
    EXPECT_EQ(command.error().path, each.path) << each.text;
  }
}

std::string with(std::string text, std::string_view from, std::string_view to) {
  const std::size_t at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  return text.replace(at, from.size(), to);
}

TEST(RulesBetweenFields, AreKept) {
  const std::string catalog = encode(AnyCommand(save_catalog()));
  const std::string calendar = encode(AnyCommand(ImportCalendarYear{calendar_year(), true}));
  const std::string enterprise =
      encode(AnyCommand(SaveEnterprise{worlds::enterprise_row(worlds::key_project, 5)}));
  const std::string user = encode(AnyCommand(SaveUser{worlds::user_row(worlds::alpha, 1)}));
  using enum DecodeErrorCode;
  expect_refused(
      {{with(catalog, R"("end":"12:00","start":"09:00")", R"("end":"09:00","start":"09:00")"),
        inconsistent, "halls[0].schedule.extra_days[0].hours[0].end"},
       {with(catalog, R"("date":"2026-12-02")", R"("date":"2026-12-01")"), inconsistent,
        "halls[0].schedule.closures[1].date"},
       {with(catalog, R"("start":"13:30")", R"("start":"12:00")"), inconsistent,
        "halls[0].schedule.weekly_hours[0][1].start"},
       {with(catalog, R"("emergency_reserve":1)", R"("emergency_reserve":3)"), inconsistent,
        "services[0].weekly[1].emergency_reserve"},
       {with(catalog, R"("end":"16:00","start":"14:00")", R"("end":"16:00","start":"09:00")"),
        inconsistent, "services[0].weekly[1].span.start"},
       {with(catalog, R"("zh":"经开区")", R"("zh":"")"), too_short, "parks[0].name.zh"},
       {with(calendar, R"("2027-10-01")", R"("2028-10-01")"), inconsistent, "year.off[1].date"},
       {with(calendar, R"("2027-10-01")", R"("2027-01-01")"), inconsistent, "year.off[1].date"},
       {with(calendar, R"("2027-01-03")", R"("2027-01-01")"), inconsistent, "year.work[0].date"},
       {with(calendar, R"("2027-01-03")", R"("2027-01-04")"), inconsistent, "year.work[0].date"},
       {with(calendar, R"("notice_year":2026)", R"("notice_year":2024)"), inconsistent,
        "year.off[0].notice_year"},
       {with(calendar, "https://", "javascript:"), bad_format, "year.papers[0]"},
       {with(calendar, "2027-10-01", "2027-02-30"), bad_format, "year.off[1].date"},
       {with(enterprise, "91110000", "9111000I"), bad_format, "enterprise.credit_code"},
       {with(user, "member-1", "Member 1"), bad_format, "user.name"}});
}

}  // namespace
}  // namespace yuanyue::wire
