#include <array>
#include <string>
#include <vector>

#include "web/gallery/parts.h"
#include "web/ui/ui.h"

namespace yuanyue::web::gallery {
namespace {

using namespace ui;

struct Dates {
  std::uint8_t day = 25;
  std::string block = "morning";
  bool why = true;
  int month = 11;
};
Dates dates;

// November 2026 begins on a Sunday; what the days show is made up to have every state.
MonthDay day_of(const GalleryText& t, int number) {
  const int weekday = (number + 5) % 7;  // 0 Monday
  MonthDay day{.day = static_cast<std::uint8_t>(number)};
  if (number < 20) {
    day.kind = DayKind::outside;
  } else if (weekday >= 5) {
    day.kind = DayKind::closed;
    day.sub_label = t("gallery.weekend");
  } else if (number == 23) {
    day.kind = DayKind::closed;
    day.sub_label = t("gallery.holiday");
  } else if (number == 24) {
    day.kind = DayKind::full;
    day.sub_label = t("gallery.full");
  } else if (number == 26) {
    day.kind = DayKind::few;
    day.sub_label = t("gallery.few_left");
  } else {
    day.sub_label = t("gallery.many_left");
    day.provisional = number == 30;
    day.marked = number == 27;
  }
  return day;
}

void month(const GalleryText& t) {
  std::vector<MonthDay> days;
  for (int number = 1; number <= 30; ++number) days.push_back(day_of(t, number));
  const DateMonthResult result = date_month({.title = t("gallery.month_title"),
                                             .first_weekday = 7,
                                             .selected_day = dates.day,
                                             .today = 20,
                                             .previous_enabled = false},
                                            days);
  if (result.chosen_day != 0) dates.day = result.chosen_day;
}

void blocks(const GalleryText& t) {
  const std::array all{
      TimeBlock{.key = "morning", .time = "9:00–11:00", .detail = t("gallery.many_left")},
      TimeBlock{.key = "noon",
                .time = "11:00–12:00",
                .detail = t("gallery.few_left"),
                .kind = BlockKind::few},
      TimeBlock{.key = "afternoon",
                .time = "14:00–16:00",
                .detail = t("gallery.full_waiting"),
                .kind = BlockKind::full},
      TimeBlock{.key = "late",
                .time = "16:00–17:00",
                .detail = t("gallery.closed"),
                .kind = BlockKind::closed},
      TimeBlock{.key = "own",
                .time = "9:00–10:00",
                .detail = t("gallery.own_block"),
                .kind = BlockKind::own},
      TimeBlock{.key = "held",
                .time = "10:00–11:00",
                .detail = t("gallery.held_block"),
                .kind = BlockKind::held}};
  block_grid({.name = t("gallery.blocks_of_day")}, all, dates.block);
}

void strips(const GalleryText& t) {
  const std::array days{
      StripDay{.day = "20",
               .weekday = t("gallery.friday"),
               .label = t("gallery.workday"),
               .today = true},
      StripDay{.day = "21", .weekday = t("gallery.saturday"), .label = t("gallery.weekend")},
      StripDay{.day = "22", .weekday = t("gallery.sunday"), .label = t("gallery.weekend")},
      StripDay{.day = "23",
               .weekday = t("gallery.monday"),
               .label = t("gallery.last_day"),
               .counted = 3,
               .deadline = true},
      StripDay{.day = "24",
               .weekday = t("gallery.tuesday"),
               .label = t("gallery.workday"),
               .counted = 2},
      StripDay{.day = "25",
               .weekday = t("gallery.wednesday"),
               .label = t("gallery.appointment_day"),
               .counted = 1,
               .appointment = true}};
  card({.title = t("gallery.strip")}, [&] {
    disclosure({.label = t("gallery.why")}, dates.why, [&] {
      deadline_strip({.name = t("gallery.strip"), .sentence = t("gallery.strip_sentence")}, days);
    });
  });
  card({.title = t("gallery.strip_passed")}, [&] {
    deadline_strip({.name = t("gallery.strip_passed"),
                    .sentence = t("gallery.strip_passed_sentence"),
                    .passed = true},
                   days);
  });
}

}  // namespace

void gallery_dates(const GalleryText& t) {
  section({.title = t("gallery.choose_time")}, [&] {
    split(
        {}, [&] { card([&] { month(t); }); },
        [&] { card({.title = t("gallery.blocks_of_day")}, [&] { blocks(t); }); });
  });
  section({.title = t("gallery.deadlines")}, [&] { strips(t); });
}

}  // namespace yuanyue::web::gallery
