// The official calendar: which days the State Council has made holidays or workdays.
//
// Source of the rule: docs/rules.md "Business days and deadlines"; data:
// assets/calendars/cn_holidays.json. A business day is a weekday that is not an official holiday,
// or a weekend day made a workday (调休). A year whose notice is not out is computed from weekends
// and the fixed statutory days alone, and every answer that touches it is provisional. So are the
// last days of December until the next year's notice is known, because New Year's holiday may reach
// back to them (2007, 2011 and 2018 did).
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/time.h"

namespace yuanyue {

struct OfficialDay {
  Date date;
  std::string name;     // "国庆节", as the notice calls it
  int notice_year = 0;  // the year whose notice set it, when not the date's own; 0 otherwise
  std::string note{};   // the editor's remark, for readers of the file
  bool operator==(const OfficialDay&) const = default;
};

// One year's notice. Dates all lie in `year`, ascending, no date both off and work.
struct CalendarYear {
  int year = 0;                     // 1970..2199
  std::vector<std::string> papers;  // addresses of the notices
  std::vector<OfficialDay> off;     // holidays, weekends inside a holiday included
  std::vector<OfficialDay> work;    // weekend days made workdays; a weekday here changes nothing
  std::string pending{};  // what a later notice could still change, for readers of the file
  bool operator==(const CalendarYear&) const = default;
};

// Why a day counts as a business day or not.
enum class DayReason : std::uint8_t {
  weekday,         // 工作日
  weekend,         // 周末
  holiday,         // 国庆节 …; the name comes with it
  makeup_workday,  // 调休上班; the name is the holiday it makes up for
  hall_closed,     // 本厅停办
  hall_extra_day,  // 本厅加开
};
// The enumerator's name; stable, for JSON and texts.
std::string_view reason_code(DayReason reason);

struct DayStatus {
  bool is_business_day = false;
  DayReason reason = DayReason::weekday;
  bool provisional = false;
  std::string_view name;  // holiday's or closure's name; lives as long as the calendar is unchanged
};

// The statutory day of fixed date ("元旦", "劳动节", "国庆节"), or empty.
// Source: 全国年节及纪念日放假办法; 劳动节 has two days since the revision in force from 2025, one
// before.
std::string_view fixed_statutory_day(YearMonthDay ymd);

class HolidayCalendar {
 public:
  // Adds or replaces a year. Requires a valid CalendarYear (see calendar_json.h, which checks).
  void put(CalendarYear year);
  void erase(int year);
  const CalendarYear* find(int year) const;
  const std::map<int, CalendarYear>& years() const { return years_; }
  bool is_provisional(int year) const { return find(year) == nullptr; }

  // Constant time for 1970..2199, well under a microsecond.
  DayStatus day(Date date) const;

 private:
  void rebuild();

  std::map<int, CalendarYear> years_;
  // Derived from years_: one mark per day from the first known year to the last, and the names that
  // the marks point at.
  Date first_day_{};
  std::vector<std::uint32_t> marks_;
  std::vector<std::string> names_;
};

}  // namespace yuanyue
