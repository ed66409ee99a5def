// What is happening: banners, progress, skeletons, empty states, countdowns.
#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>

#include "web/bridge/platform.h"
#include "web/ui/content.h"
#include "web/ui/element.h"
#include "web/ui/format.h"
#include "web/ui/input.h"

namespace yuanyue::web::ui {
namespace {

using namespace detail;
using semantics::Live;
using semantics::Role;

// --- countdown
// --------------------------------------------------------------------------------------
constexpr std::int64_t second_ms = 1000, minute_ms = 60'000, hour_ms = 3'600'000,
                       day_ms = 86'400'000;

std::string clock_text(std::int64_t left_ms) {
  // Rounded up, so that the last second shown is 0:01 and 0:00 means over.
  const std::int64_t seconds = (left_ms + second_ms - 1) / second_ms;
  std::array<char, 32> text{};
  const auto hours = static_cast<long long>(seconds / 3600);
  const int minutes = static_cast<int>(seconds / 60 % 60), rest = static_cast<int>(seconds % 60);
  if (hours > 0) {
    std::snprintf(text.data(), text.size(), "%lld:%02d:%02d", hours, minutes, rest);
  } else {
    std::snprintf(text.data(), text.size(), "%d:%02d", minutes, rest);
  }
  return text.data();
}

std::string time_left_text(std::int64_t left_ms) {
  if (left_ms <= 0) return words().expired;
  if (left_ms < day_ms) return clock_text(left_ms);
  return fill(words().days_hours, {{"days", std::to_string(left_ms / day_ms)},
                                   {"hours", std::to_string(left_ms % day_ms / hour_ms)}});
}

double until_next_change_ms(std::int64_t left_ms) {
  const std::int64_t unit = left_ms < day_ms + minute_ms ? second_ms : minute_ms;
  const std::int64_t rest = left_ms % unit;
  return static_cast<double>(rest == 0 ? unit : rest);
}

// --- skeletons
// --------------------------------------------------------------------------------------
void bone(float width_share, float height) {
  struct Data {
    float width_share;
  };
  add_paint(
      0, height,
      [](const Element& self, Painter& painter, const void* data) {
        Rect box = self.box;
        box.width *= static_cast<const Data*>(data)->width_share;
        painter.fill(box, theme().skeleton, 4);
      },
      Data{width_share});
}

void skeleton_lines(std::uint16_t lines) {
  const Open box(Flow::column);
  box->gap = 10;
  for (std::uint16_t i = 0; i < lines; ++i) bone(i + 1 == lines && lines > 1 ? 0.6F : 1, 14);
}

void skeleton_calendar() {
  const Open box(Flow::grid);
  box->columns_max = 7;
  box->column_width_min = 36;
  box->gap = box->line_gap = 6;
  for (int i = 0; i < 35; ++i) bone(1, 44);
}

}  // namespace

// --- banner
// -----------------------------------------------------------------------------------------
bool banner(const BannerOptions& options, Content content) {
  const ToneColors& colors = tone_colors(options.tone);
  const Scope inside(options.key.empty() ? options.title : options.key);
  const Open box(Flow::row);
  box->align = Align::start;
  box->gap = 12;
  box->padding = pad(16, 12);
  box->background = colors.soft;
  box->border = colors.border;
  box->border_width = theme().border_width;
  box->radius = card_radius;
  const bool urgent = options.alert && options.tone == Tone::danger;
  semantics::Node& node = attach_container(*box, make_id("banner"),
                                           urgent          ? Role::alert
                                           : options.alert ? Role::status
                                                           : Role::group,
                                           options.title.empty() ? options.text : options.title);
  if (options.alert) node.live = urgent ? Live::assertive : Live::polite;
  const Icon icon = tone_icon(options.tone);
  add_icon(icon == Icon::none ? Icon::info : icon, 22, colors.strong);
  {
    const Open body(Flow::column);
    body->grow = 1;
    body->gap = 4;
    if (!options.title.empty()) paragraph(options.title, {.strong = true});
    if (!options.text.empty()) paragraph(options.text);
    const Open extra(Flow::column);
    extra->gap = 8;
    content();
    if (extra->first != nullptr) extra->padding.top = 6;
  }
  if (options.dismiss_label.empty()) return false;
  return button({.label = options.dismiss_label,
                 .kind = ButtonKind::quiet,
                 .icon = Icon::cross,
                 .icon_only = true,
                 .small = true});
}

bool banner(const BannerOptions& options) {
  return banner(options, [] {});
}

// --- progress
// ---------------------------------------------------------------------------------------
void progress(const ProgressOptions& options) {
  struct Data {
    float fraction;
    Color color;
  };
  const bool known = options.fraction >= 0 && options.fraction <= 1;
  const Open box(Flow::column);
  box->gap = 6;
  semantics::Node& node =
      attach(*box, make_id(options.label, "progress"), Role::progressbar, options.label);
  if (known) node.value = std::to_string(static_cast<int>(std::lround(options.fraction * 100)));
  if (!options.value_text.empty()) node.description.assign(options.value_text);
  if (!options.label.empty() || !options.value_text.empty()) {
    const Open line(Flow::row);
    line->justify = Justify::space_between;
    line->gap = 12;
    const float size = text_size(TextSize::small);
    add_text(options.label, {.size = size, .color = theme().secondary_text});
    add_text(options.value_text, {.size = size, .color = theme().secondary_text});
  }
  const Color color =
      options.tone == Tone::neutral ? theme().primary : tone_colors(options.tone).fill;
  add_paint(
      0, 8,
      [](const Element& self, Painter& painter, const void* data) {
        const auto* what = static_cast<const Data*>(data);
        painter.fill(self.box, theme().skeleton, 4);
        if (theme().border_width > 1) painter.stroke(self.box, theme().border, 1, 4);
        Rect done = self.box;
        if (what->fraction < 0) {  // the end is unknown: a third that stands in the middle
          done.x += done.width / 3;
          done.width /= 3;
        } else {
          done.width = std::max(what->fraction > 0 ? 8.0F : 0.0F, done.width * what->fraction);
        }
        painter.fill(done, what->color, 4);
      },
      Data{known ? options.fraction : -1, color});
}

// --- skeleton
// ---------------------------------------------------------------------------------------
void skeleton(const SkeletonOptions& options) {
  const Open box(Flow::column);
  box->gap = 16;
  semantics::Node& node = attach(*box, make_id("skeleton"), Role::status, words().loading);
  node.live = Live::polite;
  node.busy = true;
  const Muted muted;
  switch (options.shape) {
    case SkeletonShape::text:
      skeleton_lines(options.lines);
      break;
    case SkeletonShape::card:
      card([&] {
        bone(0.4F, 20);
        skeleton_lines(options.lines);
      });
      break;
    case SkeletonShape::list:
      for (std::uint16_t i = 0; i < options.lines; ++i) {
        card({.padding = 16, .gap = 10}, [&] {
          bone(0.5F, 16);
          bone(0.8F, 12);
        });
      }
      break;
    case SkeletonShape::calendar:
      skeleton_calendar();
      break;
  }
}

// --- empty state
// ------------------------------------------------------------------------------------
void empty_state(const EmptyOptions& options, Content content) {
  const Open box(Flow::column);
  box->align = Align::center;
  box->gap = 8;
  box->padding = pad(24, 32);
  box->border = theme().border;
  box->border_width = theme().border_width;
  box->radius = card_radius;
  add_icon(options.icon, 36, theme().secondary_text);
  if (!options.title.empty()) {
    paragraph(options.title, {.size = TextSize::large, .strong = true, .align = Align::center});
  }
  if (!options.text.empty()) {
    paragraph(options.text, {.secondary = true, .align = Align::center, .width_max = 480});
  }
  const Open buttons(Flow::row);
  buttons->wrap = true;
  buttons->justify = Justify::center;
  buttons->gap = 12;
  buttons->line_gap = 8;
  content();
  if (buttons->first != nullptr) buttons->padding.top = 8;
}

void empty_state(const EmptyOptions& options) {
  empty_state(options, [] {});
}

// --- countdown
// --------------------------------------------------------------------------------------
bool countdown(const CountdownOptions& options) {
  struct Data {
    std::int64_t left_ms;
  };
  const std::int64_t left_ms = options.until_ms - now_ms();
  const bool over = left_ms <= 0;
  const bool soon = left_ms < options.warn_below_ms;
  const Color color = soon ? theme().warning.strong : theme().text;
  const float size = text_size(options.size);
  const std::string left = time_left_text(left_ms);
  const Open line(Flow::row);
  line->wrap = true;
  line->gap = 6;
  line->line_gap = 0;
  add_icon(soon ? Icon::hourglass : Icon::clock, size + 4, color);
  if (!options.label.empty() && !over) add_text(options.label, {.size = size, .color = color});
  Element& number = add_text(left, {.size = size, .strong = true, .color = color});
  if (!options.absolute.empty()) {
    add_text(options.absolute, {.size = size, .color = theme().secondary_text});
  }
  std::string name;
  for (const std::string_view part : {options.label, std::string_view(left), options.absolute}) {
    if (part.empty() || (over && part == options.label)) continue;
    if (!name.empty()) name += ' ';
    name += part;
  }
  attach(*line, make_id(options.key, options.label.empty() ? "countdown" : options.label),
         Role::timer, name);
  if (over) return true;
  number.data = keep(Data{left_ms});
  number.paint = [](const Element&, Painter&, const void* data) {  // only reached on screen
    platform::request_frame_in(until_next_change_ms(static_cast<const Data*>(data)->left_ms));
  };
  return false;
}

}  // namespace yuanyue::web::ui
