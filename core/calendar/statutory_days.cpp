#include "core/calendar/statutory_days.h"

#include <algorithm>
#include <string_view>

namespace yuanyue {
namespace {

constexpr int moving_days_since = 2008;

struct MonthDay {
  int month = 1;
  int day = 1;
};

// A holiday whose date moves: at least so many days off between the earliest and the latest dates
// that it can have.
struct MovingHoliday {
  std::string_view name;
  int since_year;
  MonthDay first;
  MonthDay last;
  int days_min;
};
constexpr MovingHoliday moving_holidays[] = {
    {"春节", 0, {1, 20}, {2, 28}, 3},
    {"清明节", moving_days_since, {4, 3}, {4, 6}, 1},
    {"端午节", moving_days_since, {5, 25}, {6, 26}, 1},
};
// Its time meets National Day's week, so that only a day's name tells it from that.
constexpr std::string_view mid_autumn = "中秋";

bool is_off(const CalendarYear& year, Date date) {
  return std::ranges::find(year.off, date, &OfficialDay::date) != year.off.end();
}

bool has(const CalendarYear& year, const MovingHoliday& holiday) {
  const Date first = to_date({year.year, holiday.first.month, holiday.first.day});
  const Date last = to_date({year.year, holiday.last.month, holiday.last.day});
  return std::ranges::count_if(year.off, [&](const OfficialDay& day) {
           return first <= day.date && day.date <= last;
         }) >= holiday.days_min;
}

void add_fixed(const CalendarYear& year, int month, std::vector<MissingHoliday>& missing) {
  constexpr int fixed_days_end = 3;  // no fixed holiday reaches further into its month
  for (int day = 1; day <= fixed_days_end; ++day) {
    const YearMonthDay ymd{year.year, month, day};
    const std::string_view name = fixed_statutory_day(ymd);
    if (!name.empty() && !is_off(year, to_date(ymd))) {
      missing.push_back({std::string(name), to_date(ymd)});
    }
  }
}

}  // namespace

std::vector<MissingHoliday> missing_statutory_days(const CalendarYear& year) {
  std::vector<MissingHoliday> missing;
  add_fixed(year, 1, missing);
  for (const MovingHoliday& holiday : moving_holidays) {
    if (holiday.first.month == 5) add_fixed(year, 5, missing);
    if (year.year >= holiday.since_year && !has(year, holiday)) {
      missing.push_back({std::string(holiday.name), std::nullopt});
    }
  }
  const bool has_mid_autumn = std::ranges::any_of(year.off, [](const OfficialDay& day) {
    return day.name.find(mid_autumn) != std::string::npos;
  });
  if (year.year >= moving_days_since && !has_mid_autumn)
    missing.push_back({"中秋节", std::nullopt});
  add_fixed(year, 10, missing);
  return missing;
}

std::string to_string(const std::vector<MissingHoliday>& missing) {
  std::string text;
  for (const MissingHoliday& holiday : missing) {
    if (!text.empty()) text += "、";
    text += holiday.name;
    if (holiday.date) text += " " + to_string(*holiday.date);
  }
  return text;
}

}  // namespace yuanyue
