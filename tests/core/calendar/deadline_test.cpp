#include "core/calendar/deadline.h"

#include <string>
#include <vector>

#include "tests/core/calendar/calendar_world.h"

namespace yuanyue::testing {
namespace {

constexpr auto include = Counting::include_appointment_day;
constexpr auto exclude = Counting::exclude_appointment_day;

// One line a step: "2026-11-25 1 weekday", with the name and "?" for provisional where they are.
std::vector<std::string> lines(const Deadline& deadline) {
  std::vector<std::string> out;
  for (const DeadlineStep& step : deadline.steps) {
    EXPECT_EQ(step.counted, step.number > 0);
    std::string line =
        to_string(step.date) + " " + (step.counted ? std::to_string(step.number) : "-") + " ";
    line += reason_code(deadline, step);
    if (!step.name.empty()) line += " " + step.name;
    if (step.provisional) line += " ?";
    out.push_back(line);
  }
  return out;
}

struct LastDayRow {
  const char* appointment_day;
  int business_days;
  Counting counting;
  const char* last_day;
  bool provisional;
};

TEST(Deadline, TheLastDayByBothCountingRules) {
  const HallSchedule schedule = office_hours();
  const HallCalendar calendar(official_calendar(), schedule);
  for (const LastDayRow& row : {
           // The park's own example: for a Wednesday, Monday is the last day.
           LastDayRow{"2026-11-25", 3, include, "2026-11-23", false},
           LastDayRow{"2026-11-25", 3, exclude, "2026-11-20", false},
           LastDayRow{"2026-10-08", 3, include, "2026-09-29", false},  // over National Day
           LastDayRow{"2026-10-08", 3, exclude, "2026-09-28", false},
           LastDayRow{"2026-10-12", 3, include, "2026-10-09",
                      false},  // the make-up Saturday counts
           LastDayRow{"2026-10-12", 3, exclude, "2026-10-08", false},
           LastDayRow{"2026-10-10", 3, include, "2026-10-08",
                      false},  // an appointment on that Saturday
           LastDayRow{"2027-01-05", 3, include, "2026-12-31", true},
           LastDayRow{"2027-01-05", 3, exclude, "2026-12-30", true},
           LastDayRow{"2026-12-31", 3, include, "2026-12-29", true},
           LastDayRow{"2026-12-28", 3, include, "2026-12-24", false},
           LastDayRow{"2026-11-25", 1, include, "2026-11-25", false},
           LastDayRow{"2026-11-25", 1, exclude, "2026-11-24", false},
           LastDayRow{"2026-11-25", 0, include, "2026-11-25", false},
           LastDayRow{"2026-11-25", 0, exclude, "2026-11-25", false},
           LastDayRow{"2026-11-25", 60, exclude, "2026-08-27", false},
           // An appointment on a day that has become closed does not count, whatever the rule.
           LastDayRow{"2026-11-22", 3, include, "2026-11-18", false},
           LastDayRow{"2026-11-22", 3, exclude, "2026-11-18", false},
           LastDayRow{"2026-11-22", 0, include, "2026-11-20", false},
       }) {
    const NoticeRule rule{row.business_days, row.counting, std::nullopt};
    const auto deadline = explain_deadline(calendar, day_of(row.appointment_day), rule);
    ASSERT_TRUE(deadline) << row.appointment_day;
    EXPECT_EQ(to_string(deadline->last_day), row.last_day)
        << row.appointment_day << " " << row.business_days;
    EXPECT_EQ(deadline->provisional, row.provisional) << row.appointment_day;
    EXPECT_EQ(deadline->closes_at, to_instant(deadline->last_day, {17 * 60}))
        << row.appointment_day;
    EXPECT_EQ(deadline->appointment_day, day_of(row.appointment_day));
    EXPECT_EQ(deadline->rule, rule);
    EXPECT_EQ(deadline->steps.front().date, deadline->appointment_day);
    EXPECT_EQ(deadline->steps.back().date, deadline->last_day);
  }
}

TEST(Deadline, TheDefaultRuleIsThreeDaysWithTheAppointmentDay) {
  const HallSchedule schedule = office_hours();
  const HallCalendar calendar(official_calendar(), schedule);
  const auto deadline = explain_deadline(calendar, day_of("2026-11-25"), NoticeRule{});
  ASSERT_TRUE(deadline);
  EXPECT_EQ(to_string(deadline->closes_at), "2026-11-23T17:00:00+08:00");
}

struct ExplainedRow {
  const char* appointment_day;
  Counting counting;
  std::vector<std::string> steps;
};

TEST(Deadline, ExplainsEveryDateItStepsOver) {
  const HallSchedule schedule = office_hours();
  const HallCalendar calendar(official_calendar(), schedule);
  const std::vector<ExplainedRow> rows{
      {"2026-11-25",
       include,
       {"2026-11-25 1 weekday", "2026-11-24 2 weekday", "2026-11-23 3 weekday"}},
      {"2026-11-25",
       exclude,
       {"2026-11-25 - appointment_day_not_counted", "2026-11-24 1 weekday", "2026-11-23 2 weekday",
        "2026-11-22 - weekend", "2026-11-21 - weekend", "2026-11-20 3 weekday"}},
      {"2026-10-08",
       include,
       {"2026-10-08 1 weekday", "2026-10-07 - holiday 国庆节", "2026-10-06 - holiday 国庆节",
        "2026-10-05 - holiday 国庆节", "2026-10-04 - holiday 国庆节", "2026-10-03 - holiday 国庆节",
        "2026-10-02 - holiday 国庆节", "2026-10-01 - holiday 国庆节", "2026-09-30 2 weekday",
        "2026-09-29 3 weekday"}},
      {"2026-10-12",
       include,
       {"2026-10-12 1 weekday", "2026-10-11 - weekend", "2026-10-10 2 makeup_workday 国庆节",
        "2026-10-09 3 weekday"}},
      {"2027-01-05",
       include,
       {"2027-01-05 1 weekday ?", "2027-01-04 2 weekday ?", "2027-01-03 - weekend ?",
        "2027-01-02 - weekend ?", "2027-01-01 - holiday 元旦 ?", "2026-12-31 3 weekday ?"}},
      {"2026-11-22",
       exclude,
       {"2026-11-22 - weekend", "2026-11-21 - weekend", "2026-11-20 1 weekday",
        "2026-11-19 2 weekday", "2026-11-18 3 weekday"}},
  };
  for (const ExplainedRow& row : rows) {
    const auto deadline =
        explain_deadline(calendar, day_of(row.appointment_day), {3, row.counting, {}});
    ASSERT_TRUE(deadline);
    EXPECT_EQ(lines(*deadline), row.steps) << row.appointment_day;
  }
}

TEST(Deadline, StepsOverTheHallsClosuresAndCountsItsExtraDays) {
  HallSchedule schedule = office_hours();
  schedule.closures = {{day_of("2026-11-24"), "停电"}};
  schedule.extra_days = {{day_of("2026-11-22"), {span("09:00", "11:00")}, "年检"}};
  const HallCalendar calendar(official_calendar(), schedule);
  const auto deadline = explain_deadline(calendar, day_of("2026-11-25"), NoticeRule{});
  ASSERT_TRUE(deadline);
  EXPECT_EQ(lines(*deadline),
            (std::vector<std::string>{"2026-11-25 1 weekday", "2026-11-24 - hall_closed 停电",
                                      "2026-11-23 2 weekday", "2026-11-22 3 hall_extra_day 年检"}));
  EXPECT_EQ(deadline->closes_at, at("2026-11-22 11:00"));  // that day's own closing hour
}

TEST(Deadline, ClosesAtTheRulesHourWhenItHasOne) {
  const HallSchedule schedule = office_hours();
  const HallCalendar calendar(official_calendar(), schedule);
  for (const char* time : {"00:00", "12:00", "18:30", "24:00"}) {
    const NoticeRule rule{3, include, parse_time_of_day(time)};
    const auto deadline = explain_deadline(calendar, day_of("2026-11-25"), rule);
    ASSERT_TRUE(deadline);
    EXPECT_EQ(deadline->last_day, day_of("2026-11-23"));
    EXPECT_EQ(deadline->closes_at, to_instant(day_of("2026-11-23"), *rule.closes_at)) << time;
  }
}

TEST(Deadline, ImportingTheYearMakesItFinal) {
  HolidayCalendar official = official_calendar();
  const HallSchedule schedule = office_hours();
  const auto before = explain_deadline({official, schedule}, day_of("2027-02-10"), NoticeRule{});
  ASSERT_TRUE(before);
  EXPECT_EQ(before->last_day, day_of("2027-02-08"));
  EXPECT_TRUE(before->provisional);
  official.put({2027, {}, {{day_of("2027-02-08"), "春节"}, {day_of("2027-02-09"), "春节"}}, {}});
  const auto after = explain_deadline({official, schedule}, day_of("2027-02-10"), NoticeRule{});
  ASSERT_TRUE(after);
  EXPECT_EQ(after->last_day, day_of("2027-02-04"));
  EXPECT_FALSE(after->provisional);
}

TEST(Deadline, NoDeadlineWhereTheHallNeverOpens) {
  const HallSchedule schedule;
  const HallCalendar calendar(official_calendar(), schedule);
  EXPECT_EQ(explain_deadline(calendar, day_of("2026-11-25"), NoticeRule{}), std::nullopt);
  EXPECT_EQ(deadline_closes_at(calendar, day_of("2026-11-25"), NoticeRule{}), std::nullopt);
  EXPECT_EQ(explain_deadline(calendar, day_of("2026-11-25"), {0, include, std::nullopt}),
            std::nullopt);
}

// The whole range against the rule in its plainest words.
TEST(Deadline, EveryAppointmentDayOfFourYearsByEveryRule) {
  HallSchedule schedule = office_hours();
  schedule.closures = {{day_of("2025-03-03"), "停电"}, {day_of("2026-10-09"), "台风"}};
  schedule.extra_days = {{day_of("2026-10-02"), {}, "招商周"}};
  const HallCalendar calendar(official_calendar(), schedule);
  for (Date day = day_of("2024-01-01"); day <= day_of("2027-12-31"); day = day + 1) {
    for (const Counting counting : {include, exclude}) {
      for (const int business_days : {0, 1, 2, 3, 5, 10}) {
        const NoticeRule rule{business_days, counting, std::nullopt};
        const auto deadline = explain_deadline(calendar, day, rule);
        ASSERT_TRUE(deadline);
        EXPECT_EQ(deadline_closes_at(calendar, day, rule), deadline->closes_at);
        ASSERT_TRUE(calendar.is_business_day(deadline->last_day));
        ASSERT_EQ(static_cast<int>(deadline->steps.size()), day - deadline->last_day + 1);
        const Date newest_counted = counting == include ? day : day - 1;
        const int between = calendar.count_business_days(deadline->last_day, newest_counted);
        if (business_days > 0) {
          ASSERT_EQ(between, business_days) << to_string(day);
        }
        bool provisional = false;
        for (const DeadlineStep& step : deadline->steps)
          provisional |= calendar.day(step.date).provisional;
        ASSERT_EQ(deadline->provisional, provisional) << to_string(day);
      }
    }
  }
}

}  // namespace
}  // namespace yuanyue::testing
