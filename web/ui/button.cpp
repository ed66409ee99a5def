#include <algorithm>
#include <numbers>

#include "web/bridge/platform.h"
#include "web/ui/element.h"
#include "web/ui/input.h"

namespace yuanyue::web::ui {
namespace {

using namespace detail;
using semantics::Role;

struct ButtonLook {
  Color background = 0, border = 0, text = 0;
};

ButtonLook look_of(const ButtonOptions& options, const Interaction& state) {
  const Theme& colors = theme();
  if (options.disabled) {
    if (options.kind == ButtonKind::quiet) return {0, 0, colors.disabled_text};
    return {colors.background, colors.border, colors.disabled_text};
  }
  switch (options.kind) {
    case ButtonKind::primary: {
      const Color ground = state.pressed   ? colors.primary_pressed
                           : state.hovered ? colors.primary_hover
                                           : colors.primary;
      return {ground, 0, colors.on_primary};
    }
    case ButtonKind::danger:
      return {interactive(colors.danger.fill, state), 0, colors.danger.on_fill};
    case ButtonKind::quiet:
      return {interactive(0, state), 0, colors.primary};
    case ButtonKind::secondary:
      break;
  }
  return {interactive(colors.surface, state), colors.strong_border, colors.text};
}

float height_of(const ButtonOptions& options) {
  const bool shrinks = options.small && density() == Density::desktop;
  return shrinks ? 32 : control_height();
}

void paint_spinner(const Element& self, Painter& painter, const void* data) {
  const Color color = *static_cast<const Color*>(data);
  if (platform::preferences().reduced_motion) {
    painter.icon(Icon::hourglass, self.box, color);
    return;
  }
  constexpr double turn_ms = 900, step_ms = 50;
  const double part = platform::monotonic_ms() / turn_ms;
  const auto angle = static_cast<float>((part - static_cast<double>(static_cast<long>(part))) * 2) *
                     std::numbers::pi_v<float>;
  const Point center{self.box.x + self.box.width / 2, self.box.y + self.box.height / 2};
  const float radius = std::min(self.box.width, self.box.height) / 2 - 2;
  painter.arc(center, radius, angle, angle + 1.4F * std::numbers::pi_v<float>, color, 2);
  platform::request_frame_in(step_ms);
}

void add_label(const ButtonOptions& options, Color color) {
  const float size = text_size(TextSize::body);
  const bool busy_label = options.busy && options.icon == Icon::none && !options.icon_only;
  if (options.busy && !busy_label) {
    add_paint(18, 18, paint_spinner, color);
  } else if (options.icon != Icon::none) {
    add_icon(options.icon, options.icon_only ? 20 : 18, color);
  }
  if (options.icon_only) return;
  Element& label = add_text(options.label, {.size = size,
                                            .strong = options.kind == ButtonKind::primary ||
                                                      options.kind == ButtonKind::danger,
                                            .color = busy_label ? with_alpha(color, 0) : color,
                                            .align = Align::center,
                                            .line_height = 1.35F});
  if (!busy_label) return;
  // The spinner stands in the middle of the hidden label, so that the button keeps its width.
  label.paint = [](const Element& self, Painter& painter, const void* data) {
    Element middle = self;
    middle.box = {self.box.x + self.box.width / 2 - 9, self.box.y + self.box.height / 2 - 9, 18,
                  18};
    paint_spinner(middle, painter, data);
  };
  label.data = keep(color);
}

}  // namespace

bool button(const ButtonOptions& options) {
  const NodeId id = make_id(options.key, options.label);
  const bool enabled = !options.disabled && !options.busy;
  const Interaction state = interaction(id, enabled);
  const ButtonLook look = look_of(options, state);
  const float height = height_of(options);
  const Open box(Flow::row);
  box->own_align = !options.full_width && !parent_aligns_itself(*box) && !in_actions();
  box->align = Align::center;
  box->justify = Justify::center;
  box->gap = 8;
  box->height_min = height;
  if (options.icon_only) {
    box->width = height;
  } else {
    const float sides = options.kind == ButtonKind::quiet ? 10.0F : 16.0F;
    box->padding = pad(sides, 6);
    box->width_min = options.kind == ButtonKind::quiet ? 0.0F : 72.0F;
  }
  if (options.full_width) box->grow = 1;
  box->radius = control_radius;
  box->background = look.background;
  box->border = look.border;
  box->border_width = theme().border_width;
  box->focus_ring = state.focus_ring;
  add_label(options, look.text);
  const std::string_view name = options.name.empty() ? options.label : options.name;
  const Role role = options.href.empty() ? Role::button : Role::link;
  semantics::Node& node = attach(*box, id, role, name);
  node.href.assign(options.disabled ? std::string_view{} : options.href);
  node.disabled = options.disabled;
  node.busy = options.busy;
  node.autofocus = options.autofocus;
  if (options.disabled) node.description.assign(options.disabled_reason);
  return state.activated;
}

}  // namespace yuanyue::web::ui
