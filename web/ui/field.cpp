// Text fields. A DOM field lies over each of them and shows the text while it is edited.
#include <algorithm>

#include "web/ui/element.h"
#include "web/ui/field_parts.h"
#include "web/ui/input.h"

namespace yuanyue::web::ui {
namespace {

using namespace detail;
using semantics::Role;

constexpr float side_inset = 12, search_inset = 38, text_area_inset = 8;

struct FieldText {
  std::string_view text;
  Color color;
  float inset;
  float size;
};

void paint_field_text(const Element& self, Painter& painter, const void* data) {
  const auto* what = static_cast<const FieldText*>(data);
  Rect room = self.box;
  room.x += what->inset;
  room.width -= what->inset;
  painter.push_clip(room);
  painter.text_line(what->text, room.x, room.y + room.height / 2,
                    {.size = what->size, .color = what->color});
  painter.pop_clip();
}

std::string masked(std::string_view text) {
  std::string dots;
  for (const char c : text) {
    if ((static_cast<unsigned char>(c) & 0xC0U) != 0x80U) dots += "\xE2\x80\xA2";
  }
  return dots;
}

std::uint32_t utf16_length(std::string_view text) {
  std::uint32_t length = 0;
  const char* cursor = text.data();
  const char* end = cursor + text.size();
  while (cursor < end) length += next_code_point(cursor, end) > 0xFFFF ? 2 : 1;
  return length;
}

Color text_color(bool disabled) { return disabled ? theme().disabled_text : theme().text; }

// What all kinds of fields tell the browser.
void describe(semantics::Node& node, const FieldOptions& options, std::string_view value) {
  node.description.assign(options.error.empty() ? options.help : options.error);
  if (!options.error.empty() && !options.help.empty()) {
    node.description.append(" ").append(options.help);
  }
  node.value.assign(value);
  node.placeholder.assign(options.placeholder);
  node.autocomplete.assign(options.autocomplete);
  node.max_length = options.max_length;
  node.invalid = !options.error.empty();
  node.required = options.required;
  node.disabled = options.disabled;
  node.autofocus = options.autofocus;
  node.font_size = text_size(TextSize::body) * scale();
  node.text_color = to_hex(theme().text);
  node.background_color = to_hex(theme().surface);
  node.inset_left = node.inset_right = side_inset * scale();
  node.inset_top = text_area_inset * scale();
}

FieldResult take_events(NodeId id, std::string& value) {
  FieldResult result;
  std::string text;
  if (semantics::text_changed(id, text) && text != value) {
    value = std::move(text);
    result.changed = true;
  }
  result.submitted = semantics::submitted(id);
  return result;
}

// The part of a single-line field that holds the text, with its node.
semantics::Node& add_line_input(NodeId id, Role role, const FieldOptions& options,
                                std::string_view value, std::string_view shown, float inset) {
  const bool empty = shown.empty();
  FieldText drawn{keep_text(empty ? options.placeholder : shown),
                  empty ? theme().secondary_text : text_color(options.disabled), inset,
                  text_size(TextSize::body)};
  if (semantics::focused(id)) drawn.text = {};  // the DOM field shows it
  Element& input = add_paint(0, control_height(), paint_field_text, drawn);
  input.grow = 1;
  semantics::Node& node = attach(input, id, role, options.label);
  describe(node, options, value);
  node.inset_left = inset * scale();
  return node;
}

enum class FieldKind : std::uint8_t { text, password };

FieldResult line_field(FieldKind kind, const FieldOptions& options, std::string& value,
                       bool focus_wanted) {
  const NodeId id = make_id(options.key, options.label);
  const FieldResult result = take_events(id, value);
  if (focus_wanted) semantics::focus(id);
  const Open group(Flow::column);
  group->gap = 6;
  group->width_max = options.width_max;
  add_field_label(options.label, options.required);
  add_field_help(options.help);
  {
    const Open box(Flow::row);
    style_field_box(*box,
                    {.id = id, .invalid = !options.error.empty(), .disabled = options.disabled});
    if (kind == FieldKind::text) {
      add_line_input(id, Role::textbox, options, value, value, side_inset);
    } else {
      const Scope inside(options.key.empty() ? options.label : options.key);
      WidgetMemory& shown = memory(id);
      const bool visible = shown.index == 1;
      add_line_input(id, visible ? Role::textbox : Role::password, options, value,
                     visible ? value : masked(value), side_inset);
      if (button({.label = visible ? words().hide_password : words().show_password,
                  .kind = ButtonKind::quiet,
                  .icon = visible ? Icon::eye_off : Icon::eye,
                  .icon_only = true,
                  .key = "show"})) {
        shown.index = visible ? 0 : 1;
      }
    }
  }
  add_field_error(options.error);
  return result;
}

FieldResult area_field(const TextAreaOptions& options, std::string& value, bool focus_wanted) {
  const NodeId id = make_id(options.key, options.label);
  const FieldResult result = take_events(id, value);
  if (focus_wanted) semantics::focus(id);
  const Open group(Flow::column);
  group->gap = 6;
  add_field_label(options.label, options.required);
  add_field_help(options.help);
  {
    const Open box(Flow::column);
    style_field_box(*box,
                    {.id = id, .invalid = !options.error.empty(), .disabled = options.disabled});
    box->align = Align::stretch;
    const float size = text_size(TextSize::body);
    const Color color = value.empty() ? theme().secondary_text : text_color(options.disabled);
    // While it is edited the text still gives the height, but the DOM field shows it.
    Element& text =
        add_text(value.empty() ? options.placeholder : std::string_view(value),
                 {.size = size, .color = semantics::focused(id) ? with_alpha(color, 0) : color});
    text.padding = pad(side_inset, text_area_inset);
    text.height_min = static_cast<float>(options.lines) * size * 1.5F + 2 * text_area_inset;
    semantics::Node& node = attach(text, id, Role::textarea, options.label);
    describe(node,
             {.help = options.help,
              .error = options.error,
              .placeholder = options.placeholder,
              .max_length = options.max_length,
              .required = options.required,
              .disabled = options.disabled},
             value);
    node.line_height = size * 1.5F * scale();
  }
  add_field_error(options.error);
  if (options.max_length > 0) {
    const std::string count =
        std::to_string(utf16_length(value)) + " / " + std::to_string(options.max_length);
    Element& text = add_text(
        count,
        {.size = text_size(TextSize::small), .color = theme().secondary_text, .align = Align::end});
    text.own_align = true;
    text.self = Align::end;
  }
  return result;
}

// A field whose error belongs to its state.
template <class Options, class Draw>
FieldResult with_state(Options options, FieldState& state, Draw draw) {
  const std::string error = state.error;
  options.error = error;
  const bool focus_wanted = std::exchange(state.focus_wanted, false);
  const FieldResult result = draw(options, focus_wanted);
  if (result.changed) state.error.clear();
  return result;
}

}  // namespace

FieldResult text_field(const FieldOptions& options, std::string& value) {
  return line_field(FieldKind::text, options, value, false);
}

FieldResult password_field(const FieldOptions& options, std::string& value) {
  return line_field(FieldKind::password, options, value, false);
}

FieldResult text_area(const TextAreaOptions& options, std::string& value) {
  return area_field(options, value, false);
}

FieldResult text_field(FieldOptions options, FieldState& state) {
  return with_state(options, state, [&](const FieldOptions& now, bool focus_wanted) {
    return line_field(FieldKind::text, now, state.text, focus_wanted);
  });
}

FieldResult password_field(FieldOptions options, FieldState& state) {
  return with_state(options, state, [&](const FieldOptions& now, bool focus_wanted) {
    return line_field(FieldKind::password, now, state.text, focus_wanted);
  });
}

FieldResult text_area(TextAreaOptions options, FieldState& state) {
  return with_state(options, state, [&](const TextAreaOptions& now, bool focus_wanted) {
    return area_field(now, state.text, focus_wanted);
  });
}

FieldResult search_field(const SearchOptions& options, std::string& value) {
  const NodeId id = make_id(options.key, options.label);
  FieldResult result = take_events(id, value);
  const Open box(Flow::row);
  style_field_box(*box, {.id = id});
  box->width_max = options.width_max;
  box->grow = 1;
  box->width_min = 160;
  box->paint = [](const Element& self, Painter& painter, const void*) {
    const float size = 18;
    painter.icon(Icon::search,
                 {self.box.x + 12, self.box.y + (self.box.height - size) / 2, size, size},
                 theme().secondary_text);
  };
  add_line_input(id, Role::searchbox, {.label = options.label, .placeholder = options.placeholder},
                 value, value, search_inset);
  if (!value.empty()) {
    const Scope inside(options.key.empty() ? options.label : options.key);
    if (button({.label = words().clear_search,
                .kind = ButtonKind::quiet,
                .icon = Icon::cross,
                .icon_only = true,
                .key = "clear"})) {
      value.clear();
      semantics::focus(id);
      result.changed = true;
    }
  }
  return result;
}

}  // namespace yuanyue::web::ui
