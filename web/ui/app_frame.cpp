#include "web/ui/app_frame.h"

#include <algorithm>
#include <string>

#include "web/bridge/platform.h"
#include "web/ui/content.h"
#include "web/ui/element.h"
#include "web/ui/format.h"
#include "web/ui/input.h"

namespace yuanyue::web::ui {
namespace {

using namespace detail;
using semantics::Role;
using semantics::Tristate;

constexpr float top_bar_height = 56, rail_width = 208, bottom_bar_height = 60;
constexpr float low_view_below = 480;  // a lower viewport does not spare the room for a fixed bar

void paint_mark(const Element& self, Painter& painter, const void*) {
  const Rect& box = self.box;
  painter.fill(box, theme().primary, 7);
  painter.icon(Icon::calendar, inset(box, 5), theme().on_primary);
}

void paint_rule_below(const Element& self, Painter& painter, const void*) {
  painter.fill(
      {self.box.x, self.box.bottom() - theme().border_width, self.box.width, theme().border_width},
      theme().border);
}

void paint_rule_above(const Element& self, Painter& painter, const void*) {
  painter.fill({self.box.x, self.box.y, self.box.width, theme().border_width}, theme().border);
}

void paint_rule_right(const Element& self, Painter& painter, const void*) {
  painter.fill(
      {self.box.right() - theme().border_width, self.box.y, theme().border_width, self.box.height},
      theme().border);
}

// --- top bar
// ------------------------------------------------------------------------------------------
void add_title(const AppFrameOptions& options) {
  const Open line(Flow::row);
  line->gap = 10;
  add_paint(30, 30, paint_mark, char{});
  add_text(options.title,
           {.size = text_size(TextSize::large), .strong = true, .line_height = 1.3F});
  if (!options.subtitle.empty() && !narrow()) {
    add_text(
        options.subtitle,
        {.size = text_size(TextSize::small), .color = theme().secondary_text, .line_height = 1.3F});
  }
}

bool status_chip(const AppFrameOptions& options) {
  if (options.status.empty()) return false;
  const ToneColors& colors = tone_colors(options.status_tone);
  const NodeId id = make_id("status");
  const Interaction state = interaction(id);
  const Open chip(Flow::row);
  chip->gap = 5;
  chip->padding = pad(9, 3);
  chip->radius = 14;
  chip->height_min = 28;
  chip->background = interactive(colors.soft, state);
  chip->border = colors.border;
  chip->border_width = theme().border_width;
  chip->focus_ring = state.focus_ring;
  const Icon icon =
      options.status_icon == Icon::none ? tone_icon(options.status_tone) : options.status_icon;
  if (icon != Icon::none) add_icon(icon, 16, colors.strong);
  add_text(options.status,
           {.size = text_size(TextSize::small), .color = colors.strong, .line_height = 1.3F});
  attach(*chip, id, Role::button, options.status);
  return state.activated;
}

ThemeName theme_after(ThemeName name) {
  switch (name) {
    case ThemeName::automatic:
      return ThemeName::light;
    case ThemeName::light:
      return ThemeName::dark;
    case ThemeName::dark:
      return ThemeName::high_contrast;
    case ThemeName::high_contrast:
      break;
  }
  return ThemeName::automatic;
}

const std::string& theme_label(ThemeName name) {
  switch (name) {
    case ThemeName::light:
      return words().theme_light;
    case ThemeName::dark:
      return words().theme_dark;
    case ThemeName::high_contrast:
      return words().theme_high_contrast;
    case ThemeName::automatic:
      break;
  }
  return words().theme_automatic;
}

Icon theme_icon(ThemeName name) {
  switch (name) {
    case ThemeName::light:
      return Icon::sun;
    case ThemeName::dark:
      return Icon::moon;
    case ThemeName::high_contrast:
      return Icon::contrast;
    case ThemeName::automatic:
      break;
  }
  return theme().dark ? Icon::moon : Icon::sun;
}

bool theme_button() {
  const bool pressed = button({.label = theme_label(theme_choice()),
                               .kind = ButtonKind::quiet,
                               .icon = theme_icon(theme_choice()),
                               .icon_only = true,
                               .key = "theme"});
  if (pressed) {
    set_theme(theme_after(theme_choice()));
    semantics::announce(theme_label(theme_choice()));
  }
  return pressed;
}

void top_bar(const AppFrameOptions& options, AppFrameResult& result, bool fixed) {
  const float safe_top = platform::viewport().safe_top / scale();
  const OpenRoot root({.layer = Layer::chrome, .fixed = fixed, .order = 0});
  root->background = theme().surface;
  root->paint = paint_rule_below;
  const Scope inside("top_bar");
  const Open line(Flow::row);
  line->gap = narrow() ? 4.0F : 12.0F;
  line->height_min = top_bar_height + safe_top;
  line->padding = {16, safe_top, 12, 0};
  line->align = Align::center;
  attach_container(*line, make_id("banner"), Role::banner, {});
  add_title(options);
  spacer();
  result.status_pressed = status_chip(options);
  if (!options.language_label.empty()) {
    result.language_pressed = button({.label = options.language_label,
                                      .kind = ButtonKind::quiet,
                                      .icon = Icon::globe,
                                      .icon_only = narrow(),
                                      .key = "language"});
  }
  if (options.theme_switch) result.theme_pressed = theme_button();
  if (!options.user_name.empty() && !narrow()) {
    button({.label = options.user_name,
            .kind = ButtonKind::quiet,
            .icon = Icon::user,
            .key = "user",
            .href = options.user_href});
  }
}

// --- navigation
// ---------------------------------------------------------------------------------------
struct CountMark {
  std::uint32_t count;
};

void paint_count(const Element& self, Painter& painter, const void* data) {
  const std::uint32_t count = static_cast<const CountMark*>(data)->count;
  const Rect& box = self.box;
  painter.fill(box, theme().danger.fill, box.height / 2);
  const std::string text = count > 99 ? "99+" : std::to_string(count);
  painter.text_centered(text, box.x + box.width / 2, box.y + box.height / 2,
                        {.size = 12, .strong = true, .color = theme().danger.on_fill});
}

float count_width(std::uint32_t count) { return count > 99 ? 32.0F : count > 9 ? 26.0F : 20.0F; }

std::string navigation_name(const NavigationItem& item) {
  std::string name(item.label);
  if (item.badge_count > 0) {
    name += words().also + fill(words().badge_count, {{"count", std::to_string(item.badge_count)}});
  }
  return name;
}

void attach_item(Element& box, NodeId id, const NavigationItem& item, bool current) {
  semantics::Node& node = attach(box, id, Role::link, navigation_name(item));
  node.href.assign(item.href);
  if (current) node.current = Tristate::yes;
}

void rail_item(const NavigationItem& item, bool current) {
  const NodeId id = make_id(item.key);
  const Interaction state = interaction(id);
  const Open line(Flow::row);
  line->gap = 10;
  line->padding = pad(12, 8);
  line->height_min = std::max(40.0F, control_height());
  line->align = Align::center;
  line->radius = control_radius;
  line->background = current ? theme().primary_soft : interactive(0, state);
  line->focus_ring = state.focus_ring;
  const Color color = current ? theme().primary : theme().text;
  add_icon(item.icon, 20, current ? theme().primary : theme().secondary_text);
  add_text(
      item.label,
      {.size = text_size(TextSize::body), .strong = current, .color = color, .line_height = 1.3F})
      .grow = 1;
  if (item.badge_count > 0) {
    add_paint(count_width(item.badge_count), 20, paint_count, CountMark{item.badge_count});
  }
  attach_item(*line, id, item, current);
}

void rail(const AppFrameOptions& options, float top, bool fixed) {
  const OpenRoot root(
      {.layer = Layer::chrome, .fixed = fixed, .y = top, .width = rail_width, .order = 1});
  root->background = theme().surface;
  root->paint = paint_rule_right;
  root->height_min = view_height() - top;
  root->padding = pad(12, 16);
  root->gap = 4;
  attach_container(*root, make_id("rail"), Role::navigation, words().navigation);
  const Scope inside("navigation");
  for (const NavigationItem& item : options.items) rail_item(item, item.key == options.current);
}

struct BarIcon {
  Icon icon;
  Color color;
  std::uint32_t count;
};

void paint_bar_icon(const Element& self, Painter& painter, const void* data) {
  const auto* what = static_cast<const BarIcon*>(data);
  const float middle = self.box.x + self.box.width / 2;
  painter.icon(what->icon, {middle - 12, self.box.y, 24, 24}, what->color);
  if (what->count == 0) return;
  Element mark = self;
  mark.box = {middle + 4, self.box.y - 4, count_width(what->count) - 2, 18};
  const CountMark count{what->count};
  paint_count(mark, painter, &count);
}

void bar_item(const NavigationItem& item, bool current) {
  const NodeId id = make_id(item.key);
  const Interaction state = interaction(id);
  const Open box(Flow::column);
  box->gap = 2;
  box->padding = pad(2, 8);
  box->height_min = bottom_bar_height;
  box->radius = control_radius;
  box->focus_ring = state.focus_ring;
  const Color color = current ? theme().primary : theme().secondary_text;
  add_paint(0, 24, paint_bar_icon, BarIcon{item.icon, color, item.badge_count});
  add_text(
      item.label,
      {.size = 12, .strong = current, .color = color, .align = Align::center, .line_height = 1.3F});
  attach_item(*box, id, item, current);
}

void bottom_bar(const AppFrameOptions& options, float safe_bottom) {
  const float height = bottom_bar_height + safe_bottom;
  const OpenRoot root(
      {.layer = Layer::chrome, .fixed = true, .y = view_height() - height, .order = 1});
  root->background = theme().surface;
  root->paint = paint_rule_above;
  root->height_min = height;
  attach_container(*root, make_id("bar"), Role::navigation, words().navigation);
  const Scope inside("navigation");
  const Open line(Flow::grid);
  line->columns_max = static_cast<std::uint16_t>(std::max<std::size_t>(1, options.items.size()));
  line->column_width_min = 1;
  line->padding = pad(4, 0);
  for (const NavigationItem& item : options.items) bar_item(item, item.key == options.current);
}

// Shown at the upper edge while it has the focus.
void skip_link() {
  const NodeId id = make_id("skip");
  if (semantics::activated(id)) semantics::focus(main_id());
  const bool shown = semantics::focused(id);
  const OpenRoot root({.layer = Layer::skip_link,
                       .fixed = true,
                       .x = 8,
                       .y = shown ? 8.0F : -80.0F,
                       .width = 240,
                       .order = 0});
  const Open box(Flow::row);
  box->padding = pad(16, 8);
  box->background = theme().raised;
  box->border = theme().focus;
  box->border_width = 2;
  box->radius = control_radius;
  add_text(words().skip_to_content, {.size = text_size(TextSize::body), .color = theme().primary});
  attach(*box, id, Role::button, words().skip_to_content);
}

}  // namespace

AppFrameResult app_frame(const AppFrameOptions& options, Content content) {
  AppFrameResult result;
  const float safe_top = platform::viewport().safe_top / scale();
  const float safe_bottom = platform::viewport().safe_bottom / scale();
  const bool low = view_height() < low_view_below;
  const bool navigates = options.navigation && !options.items.empty();
  const bool has_rail = navigates && !narrow();
  const float top = top_bar_height + safe_top;
  set_page_insets(
      {.left = has_rail ? rail_width : 0,
       .top = top,
       .bottom = navigates && narrow() ? bottom_bar_height + safe_bottom : safe_bottom});
  skip_link();
  top_bar(options, result, !low);
  if (has_rail) rail(options, top, !low);
  if (navigates && narrow()) bottom_bar(options, safe_bottom);
  const OpenRoot root({.layer = Layer::page, .order = 2});
  content();
  return result;
}

}  // namespace yuanyue::web::ui
