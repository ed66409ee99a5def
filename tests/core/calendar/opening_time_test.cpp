// Durations in opening time: they run only while the hall is open, and are exact to the
// millisecond.
#include <cstdint>
#include <vector>

#include "core/calendar/hall_calendar.h"
#include "tests/core/calendar/calendar_world.h"

namespace yuanyue::testing {
namespace {

constexpr std::int64_t minute = ms_per_minute;
constexpr std::int64_t hour = ms_per_hour;

TEST(OpeningTime, IsOpenFromTheFirstMillisecondOfASpanToTheLast) {
  const HallSchedule schedule = office_hours();
  const HallCalendar calendar(official_calendar(), schedule);
  struct Row {
    Instant instant;
    bool open;
  };
  for (const Row& row : {
           Row{at("2026-11-25 09:00") - 1, false},
           Row{at("2026-11-25 09:00"), true},
           Row{at("2026-11-25 12:00") - 1, true},
           Row{at("2026-11-25 12:00"), false},
           Row{at("2026-11-25 13:30") - 1, false},
           Row{at("2026-11-25 13:30"), true},
           Row{at("2026-11-25 17:00") - 1, true},
           Row{at("2026-11-25 17:00"), false},
           Row{at("2026-11-25 00:00"), false},
           Row{at("2026-11-21 10:00"), false},
           Row{at("2026-10-01 10:00"), false},
           Row{at("2026-10-10 10:00"), true},
       }) {
    EXPECT_EQ(calendar.is_open(row.instant), row.open) << to_string(row.instant);
  }
}

struct DurationRow {
  Instant from;
  std::int64_t duration_ms;
  Instant end;
};

TEST(OpeningTime, RunsOnlyInOpeningHours) {
  const HallSchedule schedule = office_hours();
  const HallCalendar calendar(official_calendar(), schedule);
  for (const DurationRow& row : {
           // Within a span, and exactly to its edge: it ends there, not at the next opening.
           DurationRow{at("2026-11-25 09:00"), 2 * hour, at("2026-11-25 11:00")},
           DurationRow{at("2026-11-25 10:00"), 2 * hour, at("2026-11-25 12:00")},
           DurationRow{at("2026-11-25 15:00"), 2 * hour, at("2026-11-25 17:00")},
           DurationRow{at("2026-11-25 10:00"), 2 * hour + 1, at("2026-11-25 13:30") + 1},
           DurationRow{at("2026-11-25 15:00"), 2 * hour + 1, at("2026-11-26 09:00") + 1},
           // Over the lunch break, from inside it, and from its edges.
           DurationRow{at("2026-11-25 11:00"), 2 * hour, at("2026-11-25 14:30")},
           DurationRow{at("2026-11-25 12:30"), 15 * minute, at("2026-11-25 13:45")},
           DurationRow{at("2026-11-25 12:00"), 1, at("2026-11-25 13:30") + 1},
           DurationRow{at("2026-11-25 12:00") - 1, 1, at("2026-11-25 12:00")},
           // Just before closing, at closing, in the night, at midnight.
           DurationRow{at("2026-11-25 17:00") - 1, 1, at("2026-11-25 17:00")},
           DurationRow{at("2026-11-25 17:00") - 1, 2, at("2026-11-26 09:00") + 1},
           DurationRow{at("2026-11-25 16:59"), 2 * hour, at("2026-11-26 10:59")},
           DurationRow{at("2026-11-25 17:00"), 2 * hour, at("2026-11-26 11:00")},
           DurationRow{at("2026-11-25 23:59"), 2 * hour, at("2026-11-26 11:00")},
           DurationRow{at("2026-11-26 00:00") - 1, 2 * hour, at("2026-11-26 11:00")},
           DurationRow{at("2026-11-26 00:00"), 2 * hour, at("2026-11-26 11:00")},
           // Over a weekend and over National Day, whose make-up Saturday runs.
           DurationRow{at("2026-11-27 16:00"), 2 * hour, at("2026-11-30 10:00")},
           DurationRow{at("2026-11-28 10:00"), 2 * hour, at("2026-11-30 11:00")},
           DurationRow{at("2026-09-30 16:00"), 2 * hour, at("2026-10-08 10:00")},
           DurationRow{at("2026-10-03 10:00"), 2 * hour, at("2026-10-08 11:00")},
           DurationRow{at("2026-10-09 17:00"), office_day_ms, at("2026-10-10 17:00")},
           DurationRow{at("2026-10-09 17:00"), office_day_ms + 1, at("2026-10-12 09:00") + 1},
           // Whole days.
           DurationRow{at("2026-11-23 09:00"), 5 * office_day_ms, at("2026-11-27 17:00")},
           DurationRow{at("2026-11-23 09:00"), 5 * office_day_ms + 1, at("2026-11-30 09:00") + 1},
           // Nothing to wait for, open or not.
           DurationRow{at("2026-11-25 10:00"), 0, at("2026-11-25 10:00")},
           DurationRow{at("2026-11-25 12:30"), 0, at("2026-11-25 12:30")},
           DurationRow{at("2026-10-03 10:00"), 0, at("2026-10-03 10:00")},
       }) {
    const auto end = calendar.add_opening_time(row.from, row.duration_ms);
    ASSERT_TRUE(end);
    EXPECT_EQ(to_string(*end), to_string(row.end))
        << to_string(row.from) << " + " << row.duration_ms << " ms";
    EXPECT_EQ(calendar.opening_time_between(row.from, *end), row.duration_ms)
        << to_string(row.from);
  }
}

TEST(OpeningTime, AClosureStopsItAndAnExtraDayLetsItRun) {
  HallSchedule schedule = office_hours();
  schedule.closures = {{day_of("2026-11-26"), "台风"}};
  schedule.extra_days = {{day_of("2026-11-28"), {span("10:00", "11:00")}, "加开"}};
  const HallCalendar calendar(official_calendar(), schedule);
  EXPECT_EQ(calendar.add_opening_time(at("2026-11-25 16:00"), 2 * hour), at("2026-11-27 10:00"));
  EXPECT_EQ(calendar.add_opening_time(at("2026-11-27 17:00"), hour), at("2026-11-28 11:00"));
  EXPECT_EQ(calendar.opening_time_between(at("2026-11-25 17:00"), at("2026-11-27 09:00")), 0);
  EXPECT_EQ(calendar.opening_time_between(at("2026-11-27 17:00"), at("2026-11-30 09:00")), hour);
}

TEST(OpeningTime, AHallThatIsOpenAroundTheClockRunsThroughMidnight) {
  HallSchedule schedule;
  for (auto& spans : schedule.weekly_hours) spans = {span("00:00", "24:00")};
  const HallCalendar calendar(official_calendar(), schedule);
  EXPECT_TRUE(calendar.is_open(at("2026-11-26 00:00") - 1));
  EXPECT_TRUE(calendar.is_open(at("2026-11-26 00:00")));
  EXPECT_EQ(calendar.add_opening_time(at("2026-11-25 23:00"), hour), at("2026-11-26 00:00"));
  EXPECT_EQ(calendar.add_opening_time(at("2026-11-25 23:00"), 2 * hour), at("2026-11-26 01:00"));
  EXPECT_EQ(calendar.opening_time_between(at("2026-11-25 23:00"), at("2026-11-26 01:00")),
            2 * hour);
  // Shut over the holiday all the same.
  EXPECT_EQ(calendar.add_opening_time(at("2026-09-30 23:00"), hour + 1),
            at("2026-10-08 00:00") + 1);
}

TEST(OpeningTime, NothingPassesBackwards) {
  const HallSchedule schedule = office_hours();
  const HallCalendar calendar(official_calendar(), schedule);
  EXPECT_EQ(calendar.opening_time_between(at("2026-11-25 11:00"), at("2026-11-25 10:00")), 0);
  EXPECT_EQ(calendar.opening_time_between(at("2026-11-25 10:00"), at("2026-11-25 10:00")), 0);
}

TEST(OpeningTime, GivesUpWhenTheHallDoesNotOpenEnough) {
  HallSchedule schedule;
  schedule.extra_days = {{day_of("2026-11-25"), {span("09:00", "10:00")}, "唯一"}};
  const HallCalendar calendar(official_calendar(), schedule);
  EXPECT_EQ(calendar.add_opening_time(at("2026-11-01 00:00"), hour), at("2026-11-25 10:00"));
  EXPECT_EQ(calendar.add_opening_time(at("2026-11-01 00:00"), hour + 1), std::nullopt);
}

// Counts open minutes one by one.
TEST(OpeningTime, AgreesWithCountingEveryMinuteOverNationalDay) {
  HallSchedule schedule = office_hours();
  schedule.closures = {{day_of("2026-10-09"), "台风"}};
  schedule.extra_days = {{day_of("2026-10-02"), {span("22:00", "24:00")}, "夜场"},
                         {day_of("2026-10-03"), {span("00:00", "00:30")}, "夜场"}};
  const HallCalendar calendar(official_calendar(), schedule);
  const Instant start = at("2026-09-28 00:00");
  constexpr std::size_t minutes = std::size_t{16} * 24 * 60;
  std::vector<std::int64_t> open_before{0};  // open minutes before each minute
  for (std::size_t i = 0; i < minutes; ++i) {
    const Instant instant = start + static_cast<std::int64_t>(i) * minute;
    open_before.push_back(open_before.back() + (calendar.is_open(instant) ? 1 : 0));
  }
  ASSERT_GT(open_before.back(), 5 * 390);
  for (std::size_t from = 0; from < minutes; from += 37) {
    const Instant from_instant = start + static_cast<std::int64_t>(from) * minute;
    std::size_t end = from;
    for (std::int64_t duration = 1; duration <= 1200; duration += 29) {
      while (end < minutes && open_before[end] - open_before[from] < duration) ++end;
      if (open_before[end] - open_before[from] < duration) break;
      const Instant end_instant = start + static_cast<std::int64_t>(end) * minute;
      ASSERT_EQ(calendar.add_opening_time(from_instant, duration * minute), end_instant)
          << to_string(from_instant) << " + " << duration << " min";
      ASSERT_EQ(calendar.opening_time_between(from_instant, end_instant), duration * minute);
    }
  }
}

}  // namespace
}  // namespace yuanyue::testing
