#include <algorithm>
#include <array>
#include <string>

#include "web/ui/calendar.h"
#include "web/ui/content.h"
#include "web/ui/element.h"
#include "web/ui/input.h"

namespace yuanyue::web::ui {
namespace {

using namespace detail;
using semantics::Key;
using semantics::Role;
using semantics::Tristate;

constexpr int days_in_week = 7;

struct DayLook {
  Color ground = 0, border = 0, number = 0, label = 0;
};

struct DayPicture {
  std::uint8_t day;
  std::string_view label;
  DayLook look;
  bool today, marked, provisional;
};

bool choosable(const MonthDay& day) {
  return day.kind != DayKind::closed && day.kind != DayKind::outside;
}

DayLook look_of(const MonthDay& day, bool selected, const Interaction& state) {
  const Theme& colors = theme();
  if (selected) return {colors.primary, colors.primary, colors.on_primary, colors.on_primary};
  const Color ground = interactive(colors.surface, state);
  switch (day.kind) {
    case DayKind::open:
      return {ground, colors.strong_border, colors.text, colors.success.strong};
    case DayKind::few:
      return {ground, colors.strong_border, colors.text, colors.warning.strong};
    case DayKind::full:
      return {interactive(colors.background, state), colors.border, colors.text,
              colors.secondary_text};
    case DayKind::closed:
      return {colors.background, 0, colors.secondary_text, colors.secondary_text};
    case DayKind::outside:
      break;
  }
  return {0, 0, colors.disabled_text, colors.disabled_text};
}

void paint_dashes(Painter& painter, const Rect& box, Color color) {
  constexpr float dash = 4, step = 8;
  for (float x = box.x + 4; x < box.right() - 4; x += step) {
    const float to = std::min(x + dash, box.right() - 4);
    painter.line({x, box.y + 0.5F}, {to, box.y + 0.5F}, color, 1);
    painter.line({x, box.bottom() - 0.5F}, {to, box.bottom() - 0.5F}, color, 1);
  }
  for (float y = box.y + 4; y < box.bottom() - 4; y += step) {
    const float to = std::min(y + dash, box.bottom() - 4);
    painter.line({box.x + 0.5F, y}, {box.x + 0.5F, to}, color, 1);
    painter.line({box.right() - 0.5F, y}, {box.right() - 0.5F, to}, color, 1);
  }
}

// A label that does not fit gets smaller, and then a second line.
void paint_day_label(Painter& painter, std::string_view text, const Rect& room, Color color) {
  constexpr std::array sizes{12.0F, 11.0F, 10.0F, 9.0F, 8.0F};
  const float middle = room.x + room.width / 2;
  for (const float size : sizes) {
    if (text_width(text, size, false) > room.width) continue;
    painter.text_centered(text, middle, room.y + room.height / 2, {.size = size, .color = color});
    return;
  }
  TextBlock block{
      .text = text,
      .style = {.size = 8, .color = color, .align = Align::center, .line_height = 1.1F}};
  wrap(block, room.width);
  painter.text(block, {room.x, room.y - 3, room.width, room.height});
}

void paint_day(const Element& self, Painter& painter, const void* data) {
  const auto* day = static_cast<const DayPicture*>(data);
  const Rect& box = self.box;
  const float middle = box.x + box.width / 2;
  if (day->provisional) paint_dashes(painter, box, theme().secondary_text);
  const bool labelled = !day->label.empty();
  const float number_y = box.y + (labelled ? box.height * 0.36F : box.height / 2);
  painter.text_centered(
      std::to_string(day->day), middle, number_y,
      {.size = text_size(TextSize::body), .strong = true, .color = day->look.number});
  if (day->today) {
    painter.line({middle - 9, number_y + 11}, {middle + 9, number_y + 11}, day->look.number, 2);
  }
  if (day->marked) painter.circle({box.right() - 9, box.y + 9}, 3.5F, day->look.label);
  if (labelled) {
    paint_day_label(painter, day->label, {box.x, box.y + box.height * 0.56F, box.width, 20},
                    day->look.label);
  }
}

std::string day_key(int day) { return "day" + std::to_string(day); }

// Where a key moves to: may lie before 1 or after the last day.
int moved_by(Key key, int day, int first_weekday) {
  const int column = (day + first_weekday - 2) % days_in_week;
  switch (key) {
    case Key::left:
      return day - 1;
    case Key::right:
      return day + 1;
    case Key::up:
      return day - days_in_week;
    case Key::down:
      return day + days_in_week;
    case Key::home:
      return day - column;
    case Key::end:
      return day + days_in_week - 1 - column;
    default:
      return day;
  }
}

std::int32_t title_mark(std::string_view title) {
  std::uint32_t mark = 17;
  for (const char c : title) mark = mark * 31 + static_cast<unsigned char>(c);
  return static_cast<std::int32_t>(mark | 1U);
}

class Month {
 public:
  Month(const DateMonthOptions& options, std::span<const MonthDay> days)
      : options_(options), days_(days), length_(static_cast<int>(days.size())) {}

  DateMonthResult declare() {
    const NodeId id = make_id(options_.key, "date_month");
    const Scope inside(options_.key.empty() ? std::string_view("date_month") : options_.key);
    const Open box(Flow::column);
    box->gap = 10;
    head();
    follow_focus(id);
    {
      const Open grid(Flow::column);
      grid->gap = 4;
      semantics::Node& node = attach_container(
          *grid, id, Role::grid, options_.name.empty() ? options_.title : options_.name);
      node.busy = options_.busy;
      weekdays();
      weeks(id);
    }
    const bool provisional = std::any_of(days_.begin(), days_.end(),
                                         [](const MonthDay& day) { return day.provisional; });
    if (provisional) caption(words().provisional_legend);
    return result_;
  }

 private:
  void head() {
    const Open line(Flow::row);
    line->gap = 4;
    line->align = Align::center;
    if (button({.label = words().previous_month,
                .kind = ButtonKind::quiet,
                .icon = Icon::chevron_left,
                .disabled = !options_.previous_enabled,
                .icon_only = true})) {
      result_.month_step = -1;
    }
    {
      const Open middle(Flow::column);
      middle->grow = 1;
      const float size = text_size(TextSize::large);
      Element& title =
          add_text(options_.title, {.size = size, .strong = true, .align = Align::center});
      attach(title, make_id("title"), Role::status, options_.title).live = semantics::Live::polite;
    }
    if (button({.label = words().next_month,
                .kind = ButtonKind::quiet,
                .icon = Icon::chevron_right,
                .disabled = !options_.next_enabled,
                .icon_only = true})) {
      result_.month_step = 1;
    }
  }

  static void style_week(Element& line, std::string_view key) {
    line.columns_max = days_in_week;
    line.column_width_min = 1;
    line.gap = narrow() ? 2.0F : 6.0F;
    attach_container(line, make_id(key), Role::row, {});
  }

  void weekdays() const {
    const Open line(Flow::grid);
    style_week(*line, "weekdays");
    const std::array names{&Words::weekday_1, &Words::weekday_2, &Words::weekday_3,
                           &Words::weekday_4, &Words::weekday_5, &Words::weekday_6,
                           &Words::weekday_7};
    for (const auto member : names) {
      const std::string& name = words().*member;
      Element& text = add_text(name, {.size = text_size(TextSize::small),
                                      .color = theme().secondary_text,
                                      .align = Align::center});
      attach(text, make_id(name), Role::columnheader, name);
    }
  }

  void weeks(NodeId id) {
    const int before = std::clamp<int>(options_.first_weekday, 1, days_in_week) - 1;
    for (int first = 1 - before; first <= length_; first += days_in_week) {
      const Open line(Flow::grid);
      style_week(*line, "week" + std::to_string(first + before));
      for (int day = first; day < first + days_in_week; ++day) {
        if (day >= 1 && day <= length_) {
          cell(day, id);
        } else {
          append(Flow::leaf);
        }
      }
    }
  }

  void cell(int number, NodeId grid_id) {
    const MonthDay& day = days_[static_cast<std::size_t>(number - 1)];
    const NodeId id = make_id(day_key(number));
    const bool open = choosable(day);
    const Interaction state = interaction(id, open);
    if (state.activated) result_.chosen_day = day.day;
    if (const Key key = semantics::key_pressed(id); key != Key::none)
      move_focus(key, number, grid_id);
    const bool selected = options_.selected_day == day.day;
    const bool today = options_.today == day.day;
    const DayLook look = look_of(day, selected, state);
    Element& box = add_paint(0, narrow() ? 52.0F : 58.0F, paint_day,
                             DayPicture{day.day, keep_text(day.sub_label), look, today, day.marked,
                                        day.provisional && !selected});
    box.radius = control_radius;
    box.background = look.ground;
    box.border = day.provisional ? 0 : look.border;
    box.border_width = theme().border_width;
    box.focus_ring = state.focus_ring;
    semantics::Node& node = attach(box, id, Role::gridcell, name_of(day, today));
    node.selected = selected ? Tristate::yes : Tristate::no;
    // Where the keyboard enters while nothing is chosen.
    node.current = day.marked ? Tristate::yes : Tristate::none;
    node.disabled = !open;
  }

  std::string name_of(const MonthDay& day, bool today) const {
    std::string name(day.name);
    if (name.empty()) name = std::to_string(day.day) + " " + std::string(day.sub_label);
    if (today) name += words().also + words().today;
    if (day.provisional) name += words().also + words().provisional;
    return name;
  }

  void move_focus(Key key, int day, NodeId grid_id) {
    if (key == Key::page_up || key == Key::page_down) {
      result_.month_step = key == Key::page_up ? -1 : 1;
      if (!step_allowed()) result_.month_step = 0;
      return;  // the same day of the other month has the same id and keeps the focus
    }
    const int target = moved_by(key, day, options_.first_weekday);
    if (target >= 1 && target <= length_) return semantics::focus(id_of(day_key(target)));
    result_.month_step = target < 1 ? -1 : 1;
    if (!step_allowed()) {
      result_.month_step = 0;
      return;
    }
    WidgetMemory& pending = memory(grid_id);
    pending.index = title_mark(options_.title);
    pending.number = static_cast<float>(target < 1 ? target : target - length_);
  }

  bool step_allowed() const {
    return result_.month_step < 0 ? options_.previous_enabled : options_.next_enabled;
  }

  // The focus that walked over the edge arrives when the other month is shown.
  void follow_focus(NodeId id) const {
    WidgetMemory& pending = memory(id);
    if (pending.index == 0 || pending.index == title_mark(options_.title)) return;
    pending.index = 0;
    const int day = static_cast<int>(pending.number);
    semantics::focus(id_of(day_key(std::clamp(day < 1 ? length_ + day : day, 1, length_))));
  }

  const DateMonthOptions& options_;
  std::span<const MonthDay> days_;
  int length_;
  DateMonthResult result_;
};

}  // namespace

DateMonthResult date_month(const DateMonthOptions& options, std::span<const MonthDay> days) {
  return Month(options, days).declare();
}

}  // namespace yuanyue::web::ui
