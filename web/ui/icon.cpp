#include "web/ui/icon.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <iterator>

#include "imgui.h"
#include "web/ui/element.h"

namespace yuanyue::web::ui {
namespace {

// Strokes on a 24 × 24 grid. M x y begins a stroke, L x y goes on straight, C six numbers as a
// cubic curve, Z closes it; O x y r is a circle, D x y r a dot, R x y w h r a rounded rectangle.
struct Drawing {
  Icon icon;
  const char* strokes;
};

constexpr Drawing drawings[] = {
    {Icon::none, ""},
    {Icon::arrow_right, "M4 12L20 12M14 6L20 12L14 18"},
    {Icon::back, "M20 12L4 12M10 6L4 12L10 18"},
    {Icon::bell,
     "M6 16L6 10.5C6 7 8.7 4.5 12 4.5C15.3 4.5 18 7 18 10.5L18 16L19.5 18L4.5 18L6 16Z"
     "M10 20.5C10.6 21.3 13.4 21.3 14 20.5M12 2.5L12 4.5"},
    {Icon::building,
     "R5 3 10 18 1M15 9L19 9L19 21L3 21M8.5 7L8.5 7.1M11.5 7L11.5 7.1M8.5 11L8.5 11.1"
     "M11.5 11L11.5 11.1M8.5 15L8.5 15.1M11.5 15L11.5 15.1"},
    {Icon::calendar,
     "R3.5 5 17 15.5 2M3.5 10L20.5 10M8 2.5L8 7M16 2.5L16 7M8 14L10 14M14 14L16 14"},
    {Icon::check, "M4.5 12.5L9.5 17.5L19.5 6.5"},
    {Icon::chevron_down, "M6 9.5L12 15.5L18 9.5"},
    {Icon::chevron_left, "M14.5 6L8.5 12L14.5 18"},
    {Icon::chevron_right, "M9.5 6L15.5 12L9.5 18"},
    {Icon::chevron_up, "M6 14.5L12 8.5L18 14.5"},
    {Icon::clock, "O12 12 9M12 6.5L12 12L16 14"},
    {Icon::contrast, "O12 12 9M12 3L12 21M14.5 5L14.5 19M17.5 7L17.5 17"},
    {Icon::cross, "M6 6L18 18M18 6L6 18"},
    {Icon::danger, "O12 12 9M8.8 8.8L15.2 15.2M15.2 8.8L8.8 15.2"},
    {Icon::document,
     "M14 2.5L6 2.5L6 21.5L18.5 21.5L18.5 7ZM14 2.5L14 7L18.5 7M9 12L15.5 12M9 16L15.5 16"},
    {Icon::download, "M12 3L12 15M7 10.5L12 15.5L17 10.5M4 20.5L20 20.5"},
    {Icon::eye,
     "M2.5 12C5 7.5 8.3 5.5 12 5.5C15.7 5.5 19 7.5 21.5 12C19 16.5 15.7 18.5 12 18.5"
     "C8.3 18.5 5 16.5 2.5 12ZO12 12 3"},
    {Icon::eye_off,
     "M2.5 12C5 7.5 8.3 5.5 12 5.5C15.7 5.5 19 7.5 21.5 12C19 16.5 15.7 18.5 12 18.5"
     "C8.3 18.5 5 16.5 2.5 12ZM4 20L20 4"},
    {Icon::filter, "M3.5 6L20.5 6M7 12L17 12M10 18L14 18"},
    {Icon::globe, "O12 12 9M3 12L21 12M12 3C8 8 8 16 12 21M12 3C16 8 16 16 12 21"},
    {Icon::home, "M3.5 11L12 3.5L20.5 11M6 9.5L6 20.5L18 20.5L18 9.5M10 20.5L10 14L14 14L14 20.5"},
    {Icon::hourglass,
     "M6 3L18 3M6 21L18 21M7.5 3L7.5 7L16.5 17L16.5 21M16.5 3L16.5 7L7.5 17L7.5 21"},
    {Icon::info, "O12 12 9M12 11L12 16.5D12 7.8 1.1"},
    {Icon::list, "M9 6L20 6M9 12L20 12M9 18L20 18D4.8 6 1.2D4.8 12 1.2D4.8 18 1.2"},
    {Icon::lock, "R5 10.5 14 10 2M8 10.5L8 7.5C8 2.2 16 2.2 16 7.5L16 10.5M12 14.5L12 16.5"},
    {Icon::logout, "M13 4L5 4L5 20L13 20M10 12L21 12M17 8L21 12L17 16"},
    {Icon::menu, "M4 6.5L20 6.5M4 12L20 12M4 17.5L20 17.5"},
    {Icon::minus, "M5 12L19 12"},
    {Icon::moon,
     "M20 14.5C14 17 7.5 11 9.8 4C6 5.2 3.5 8.5 3.5 12.3C3.5 17.2 7.2 20.7 11.8 20.7C15.6 "
     "20.7 18.8 18.3 20 14.5Z"},
    {Icon::offline,
     "M3 9C4.6 7.6 6.4 6.6 8.3 6.1M13 5.6C16 5.9 18.8 7.1 21 9M6.2 12.8C7.4 11.8 8.7 11.1 "
     "10.2 10.8"
     "M15.5 11.5C16.4 11.9 17.1 12.3 17.8 12.9D12 18.5 1.4M4 3L20 21"},
    {Icon::phone,
     "M5 3.5L9 3.5L11 8.5L8.5 10.5C9.6 12.8 11.2 14.4 13.5 15.5L15.5 13L20.5 15L20.5 19"
     "C20.5 20 19.8 20.7 18.8 20.7C10.5 20 4 13.5 3.3 5.2C3.3 4.2 4 3.5 5 3.5Z"},
    {Icon::pin,
     "M12 21.5C7.5 16.5 5 13 5 9.7C5 5.8 8 3 12 3C16 3 19 5.8 19 9.7C19 13 16.5 16.5 12 "
     "21.5ZO12 9.8 2.5"},
    {Icon::plus, "M12 5L12 19M5 12L19 12"},
    {Icon::printer, "M7 8L7 3L17 3L17 8M7 17L3.5 17L3.5 8L20.5 8L20.5 17L17 17R7 14 10 7 0.5"},
    {Icon::queue, "O6 6.5 2.5M2.5 14.5C2.5 9.8 9.5 9.8 9.5 14.5M13 7L21 7M13 12L21 12M3 18L21 18"},
    {Icon::refresh,
     "M20 12C20 16.5 16.5 20 12 20C7.5 20 4 16.5 4 12C4 7.5 7.5 4 12 4C14.8 4 17.2 5.4 "
     "18.7 7.5M19 3L19 8L14 8"},
    {Icon::search, "O10.5 10.5 6.5M15.5 15.5L20.5 20.5"},
    {Icon::settings, "M4 7L12 7M18 7L20 7O15 7 2.6M4 17L6 17M12 17L20 17O9 17 2.6"},
    {Icon::success, "O12 12 9M7.8 12.3L10.8 15.3L16.2 9.2"},
    {Icon::sun,
     "O12 12 4M12 2.5L12 4.5M12 19.5L12 21.5M2.5 12L4.5 12M19.5 12L21.5 12M5.3 5.3L6.7 6.7"
     "M17.3 17.3L18.7 18.7M5.3 18.7L6.7 17.3M17.3 6.7L18.7 5.3"},
    {Icon::swap, "M4 8.5L19 8.5M15 4.5L19 8.5L15 12.5M20 15.5L5 15.5M9 11.5L5 15.5L9 19.5"},
    {Icon::sync,
     "M4 11C4.5 7 8 4 12 4C14.9 4 17.3 5.4 18.8 7.5M19.5 3L19.5 8L14.5 8M20 13C19.5 17 16 "
     "20 12 20"
     "C9.1 20 6.7 18.6 5.2 16.5M4.5 21L4.5 16L9.5 16"},
    {Icon::ticket,
     "M3.5 6L20.5 6L20.5 10C18 10 18 14 20.5 14L20.5 18L3.5 18L3.5 14C6 14 6 10 3.5 10ZM14 "
     "9L14 15"},
    {Icon::undo,
     "M9 4.5L4 9.5L9 14.5M4 9.5L14.5 9.5C18.2 9.5 20.5 11.8 20.5 14.7C20.5 17.6 18.2 20 "
     "14.5 20L9 20"},
    {Icon::user, "O12 8 4M4.5 20.5C4.5 12.3 19.5 12.3 19.5 20.5"},
    {Icon::warning, "M12 3.5L22 20.5L2 20.5ZM12 10L12 14.5D12 17.4 1.1"},
};

constexpr bool in_order_of_the_enumeration() {
  for (std::size_t i = 0; i < std::size(drawings); ++i)
    if (static_cast<std::size_t>(drawings[i].icon) != i) return false;
  return std::size(drawings) == static_cast<std::size_t>(Icon::warning) + 1;
}
static_assert(in_order_of_the_enumeration());

bool is_command(char c) { return c >= 'A' && c <= 'Z'; }

class StrokeReader {
 public:
  StrokeReader(ImDrawList& list, const char* path, float x, float y, float size, Color color)
      : list_(list), cursor_(path), x_(x), y_(y), unit_(size / 24), color_(color) {
    // Small icons need relatively heavier strokes to stay readable.
    thickness_ = std::max(1.35F, unit_ * 1.75F);
  }

  void draw() {
    while (*cursor_ != 0) step(*cursor_++);
    finish(false);
  }

 private:
  void step(char command) {
    switch (command) {
      case 'M':
        finish(false);
        list_.PathLineTo(point());
        break;
      case 'L':
        list_.PathLineTo(point());
        break;
      case 'C':
        curve();
        break;
      case 'Z':
        finish(true);
        break;
      case 'O': {
        finish(false);
        const ImVec2 center = point();
        list_.AddCircle(center, number() * unit_, color_, 0, thickness_);
        break;
      }
      case 'D': {
        finish(false);
        const ImVec2 center = point();
        list_.AddCircleFilled(center, number() * unit_, color_);
        break;
      }
      case 'R':
        rounded_rectangle();
        break;
      default:
        break;
    }
  }

  void curve() {
    const ImVec2 first = point(), second = point(), to = point();
    list_.PathBezierCubicCurveTo(first, second, to, 12);
  }

  void rounded_rectangle() {
    finish(false);
    const ImVec2 from = point();
    const float width = number() * unit_, height = number() * unit_, radius = number() * unit_;
    list_.PathRect(from, {from.x + width, from.y + height}, radius);
    finish(true);
  }

  void finish(bool closed) {
    list_.PathStroke(color_, closed ? ImDrawFlags_Closed : 0, thickness_);
  }

  float number() {
    while (*cursor_ == ' ') ++cursor_;
    float value = 0, digit = 1;
    bool fraction = false;
    for (; *cursor_ != 0 && *cursor_ != ' ' && !is_command(*cursor_); ++cursor_) {
      if (*cursor_ == '.') {
        fraction = true;
      } else if (fraction) {
        digit /= 10;
        value += static_cast<float>(*cursor_ - '0') * digit;
      } else {
        value = value * 10 + static_cast<float>(*cursor_ - '0');
      }
    }
    return value;
  }

  ImVec2 point() {
    const float across = number();
    const float down = number();
    return {x_ + across * unit_, y_ + down * unit_};
  }

  ImDrawList& list_;
  const char* cursor_;
  float x_, y_, unit_, thickness_ = 1;
  Color color_;
};

}  // namespace

void detail::paint_icon(ImDrawList& list, Icon icon, float x, float y, float size, Color color) {
  StrokeReader(list, drawings[static_cast<std::size_t>(icon)].strokes, x, y, size, color).draw();
}

void icon(const IconOptions& options) {
  const Color color =
      options.tone == Tone::neutral ? theme().secondary_text : tone_colors(options.tone).strong;
  detail::Element& element = detail::add_icon(options.icon, options.size, color);
  if (!options.name.empty()) {
    detail::attach(element, detail::make_id(options.name), semantics::Role::image, options.name);
  }
}

Icon tone_icon(Tone tone) {
  switch (tone) {
    case Tone::info:
      return Icon::info;
    case Tone::success:
      return Icon::success;
    case Tone::warning:
      return Icon::warning;
    case Tone::danger:
      return Icon::danger;
    case Tone::neutral:
      break;
  }
  return Icon::none;
}

}  // namespace yuanyue::web::ui
