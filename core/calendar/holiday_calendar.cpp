#include "core/calendar/holiday_calendar.h"

#include <algorithm>
#include <utility>

namespace yuanyue {
namespace {

// A mark: what the notice says of the day, whether that may still change, and which name it has.
constexpr std::uint32_t plain = 0;
constexpr std::uint32_t off = 1U << 30;
constexpr std::uint32_t work = 2U << 30;
constexpr std::uint32_t unknown_year = 3U << 30;
constexpr std::uint32_t kind_mask = 3U << 30;
constexpr std::uint32_t provisional_bit = 1U << 29;
constexpr std::uint32_t name_mask = provisional_bit - 1;

constexpr int first_year = 1970;
constexpr int last_year = 2199;
// The earliest December day that a New Year's notice has moved since 2007.
constexpr int first_pending_december_day = 29;

Date start_of(int year) { return to_date({year, 1, 1}); }

DayStatus provisional_day(Date date) {
  const std::string_view statutory = fixed_statutory_day(to_year_month_day(date));
  if (!statutory.empty()) return {false, DayReason::holiday, true, statutory};
  if (is_weekend(weekday_of(date))) return {false, DayReason::weekend, true, {}};
  return {true, DayReason::weekday, true, {}};
}

}  // namespace

std::string_view reason_code(DayReason reason) {
  switch (reason) {
    case DayReason::weekday:
      return "weekday";
    case DayReason::weekend:
      return "weekend";
    case DayReason::holiday:
      return "holiday";
    case DayReason::makeup_workday:
      return "makeup_workday";
    case DayReason::hall_closed:
      return "hall_closed";
    case DayReason::hall_extra_day:
      return "hall_extra_day";
  }
  return {};
}

std::string_view fixed_statutory_day(YearMonthDay ymd) {
  constexpr int second_labour_day_since = 2025;
  if (ymd.month == 1 && ymd.day == 1) return "元旦";
  if (ymd.month == 5 && ymd.day <= (ymd.year >= second_labour_day_since ? 2 : 1)) return "劳动节";
  if (ymd.month == 10 && ymd.day <= 3) return "国庆节";
  return {};
}

void HolidayCalendar::put(CalendarYear year) {
  const int number = year.year;
  years_.insert_or_assign(number, std::move(year));
  rebuild();
}

void HolidayCalendar::erase(int year) {
  years_.erase(year);
  rebuild();
}

const CalendarYear* HolidayCalendar::find(int year) const {
  const auto found = years_.find(year);
  return found == years_.end() ? nullptr : &found->second;
}

// A year changes a few times in the life of a server, a day is asked for all the time.
void HolidayCalendar::rebuild() {
  marks_.clear();
  names_.clear();
  const auto first = years_.lower_bound(first_year);
  const auto end = years_.upper_bound(last_year);
  if (first == end) return;
  first_day_ = start_of(first->first);
  const int day_count = start_of(std::prev(end)->first + 1) - first_day_;
  marks_.assign(static_cast<std::size_t>(day_count), unknown_year);

  std::map<std::string_view, std::uint32_t> name_numbers;
  const auto name_number = [&](const std::string& name) {
    const auto [found, added] =
        name_numbers.emplace(name, static_cast<std::uint32_t>(names_.size()));
    if (added) names_.push_back(name);
    return found->second;
  };
  for (auto entry = first; entry != end; ++entry) {
    const auto& [number, year] = *entry;
    const Date start = start_of(number);
    const Date stop = start_of(number + 1);
    const auto mark_at = [&](Date date) -> std::uint32_t& {
      return marks_[static_cast<std::size_t>(date - first_day_)];
    };
    std::fill(&mark_at(start), &mark_at(start) + (stop - start), plain);
    for (const OfficialDay& day : year.off) {
      if (day.date >= start && day.date < stop) mark_at(day.date) = off | name_number(day.name);
    }
    for (const OfficialDay& day : year.work) {
      // 2020-02-03 is named a workday by the notice and is a Monday: nothing is made up for.
      if (day.date >= start && day.date < stop && is_weekend(weekday_of(day.date))) {
        mark_at(day.date) = work | name_number(day.name);
      }
    }
    if (find(number + 1) != nullptr) continue;
    for (int day = first_pending_december_day; day <= 31; ++day) {
      mark_at(to_date({number, 12, day})) |= provisional_bit;
    }
  }
}

DayStatus HolidayCalendar::day(Date date) const {
  const std::int64_t index = std::int64_t{date.days} - first_day_.days;
  if (index < 0 || index >= static_cast<std::int64_t>(marks_.size())) return provisional_day(date);
  const std::uint32_t mark = marks_[static_cast<std::size_t>(index)];
  const bool provisional = (mark & provisional_bit) != 0;
  switch (mark & kind_mask) {
    case unknown_year:
      return provisional_day(date);
    case off:
      return {false, DayReason::holiday, provisional, names_[mark & name_mask]};
    case work:
      return {true, DayReason::makeup_workday, provisional, names_[mark & name_mask]};
    default:
      break;
  }
  if (is_weekend(weekday_of(date))) return {false, DayReason::weekend, provisional, {}};
  return {true, DayReason::weekday, provisional, {}};
}

}  // namespace yuanyue
