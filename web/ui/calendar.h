// Dates and time blocks: a month of days, the blocks of a day, and the strip that explains a
// deadline. These draw what they are given; which day is open, full or counted is decided in core.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "web/ui/core.h"

namespace yuanyue::web::ui {

enum class DayKind : std::uint8_t {
  open,     // can be chosen
  few,      // can be chosen, few places left
  full,     // can be looked at: its blocks can be waited for
  closed,   // weekend, holiday, hall closed: cannot be chosen
  outside,  // before today or after the booking window: cannot be chosen
};
struct MonthDay {
  std::uint8_t day = 1;  // 1 to 31
  DayKind kind = DayKind::open;
  std::string_view sub_label = {};  // "余 3", "已满", "周末", "国庆节"
  std::string_view name = {};       // read aloud: "11月25日(周三),余 3 个"
  bool provisional = false;         // the year's notice is not out yet
  bool marked = false;              // a dot: the present appointment
};
struct DateMonthOptions {
  std::string_view title = {};     // "2026年11月"
  std::string_view name = {};      // accessible name of the grid
  std::uint8_t first_weekday = 1;  // weekday of the 1st: 1 Monday … 7 Sunday
  std::uint8_t selected_day = 0;   // 0: none
  std::uint8_t today = 0;          // 0: not in this month
  bool previous_enabled = true, next_enabled = true;
  bool busy = false;  // counts are on their way
  std::string_view key = {};
};
struct DateMonthResult {
  std::uint8_t chosen_day = 0;  // 1 to 31 in the frame a day was chosen
  std::int8_t month_step = 0;   // -1 or +1: show the neighbouring month
};
// `days` has one entry for each day of the month, in order. Arrow keys, Home/End and
// PageUp/PageDown move the focus; walking over the edge reports a month_step and puts the focus
// into that month.
DateMonthResult date_month(const DateMonthOptions& options, std::span<const MonthDay> days);

enum class BlockKind : std::uint8_t {
  free,
  few,
  full,    // choosable: alternatives and the waitlist follow
  closed,  // past, cut off or closed: not choosable
  own,     // the present appointment: not choosable
  held,    // held for this enterprise by an offer
};
struct TimeBlock {
  std::string_view key = {};     // stable within the day
  std::string_view time = {};    // "9:00–11:00"
  std::string_view detail = {};  // "余 3 个", "已满 · 候补 2 家"
  BlockKind kind = BlockKind::free;
};
struct BlockGridOptions {
  std::string_view name = {};  // "11月25日(周三)的时间块"
  std::string_view key = {};
  float block_width_min = 148;
};
// A radio group. True when `selected`, the key of a block or empty, changed.
bool block_grid(const BlockGridOptions& options, std::span<const TimeBlock> blocks,
                std::string& selected);

struct StripDay {
  std::string_view day = {};      // "25"
  std::string_view weekday = {};  // "三"
  std::string_view label = {};    // "预约日", "最晚 17:00", "周末", "国庆节", "工作日"
  // Read aloud as one sentence, with the number in the count; empty: put together of the others.
  std::string_view name = {};
  std::uint8_t counted = 0;  // its number in the count, 0: not counted
  bool deadline = false;     // the last day
  bool appointment = false;
  bool today = false;
  bool provisional = false;
};
struct DeadlineStripOptions {
  std::string_view name = {};
  std::string_view sentence = {};  // the rule and its result in one plain sentence, below the strip
  bool passed = false;             // the deadline is over: danger instead of primary
  std::string_view key = {};
};
// Days from left to right in time; wraps to further lines where it is narrow.
void deadline_strip(const DeadlineStripOptions& options, std::span<const StripDay> days);

}  // namespace yuanyue::web::ui
