#include "web/ui/field_parts.h"

namespace yuanyue::web::ui::detail {

// Label, help and error are drawn here and told to the browser as name and description of the
// field.

void add_field_label(std::string_view label, bool required) {
  if (label.empty()) return;
  const Open line(Flow::row);
  line->gap = 6;
  line->align = Align::end;
  add_text(label, {.size = text_size(TextSize::body), .strong = true});
  if (!required) return;
  add_text(words().required, {.size = text_size(TextSize::small), .color = theme().secondary_text});
}

void add_field_help(std::string_view help) {
  if (help.empty()) return;
  add_text(help, {.size = text_size(TextSize::small), .color = theme().secondary_text});
}

void add_field_error(std::string_view error) {
  if (error.empty()) return;
  const Color color = theme().danger.strong;
  const float size = text_size(TextSize::small) + 1;
  const Open line(Flow::row);
  line->gap = 6;
  line->align = Align::start;
  {
    const Open holder(Flow::column);
    holder->padding.top = 2;
    add_icon(Icon::danger, 16, color);
  }
  add_text(error, {.size = size, .color = color});
  semantics::Node& node = attach(*line, make_id(error), semantics::Role::paragraph,
                                 words().error_prefix + std::string(error));
  node.live = semantics::Live::polite;
}

void style_field_box(Element& box, const FieldBox& field) {
  const bool focused = semantics::focused(field.id);
  const bool hovered = !field.disabled && semantics::hovered(field.id);
  const Theme& colors = theme();
  box.align = Align::center;
  box.radius = control_radius;
  box.background = field.disabled ? colors.background : colors.surface;
  box.border = field.invalid    ? colors.danger.strong
               : focused        ? colors.primary
               : hovered        ? colors.text
               : field.disabled ? colors.border
                                : colors.strong_border;
  box.border_width = field.invalid || focused ? 2.0F : colors.border_width;
  box.focus_ring = focused;
}

}  // namespace yuanyue::web::ui::detail
