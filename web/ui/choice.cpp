// Select, radio group, checkbox, switch and tabs.
#include <algorithm>

#include "web/ui/element.h"
#include "web/ui/field_parts.h"
#include "web/ui/input.h"

namespace yuanyue::web::ui {
namespace {

using namespace detail;
using semantics::Key;
using semantics::Role;
using semantics::Tristate;

Tristate tristate(bool yes) { return yes ? Tristate::yes : Tristate::no; }

float touch_height() { return density() == Density::desktop ? 28.0F : 44.0F; }

std::string description_of(std::string_view help, std::string_view error) {
  std::string text(error);
  if (!text.empty() && !help.empty()) text += ' ';
  return text.append(help);
}

// --- marks
// ------------------------------------------------------------------------------------------
struct Mark {
  bool on, disabled, invalid, hovered;
};

Color mark_color(const Mark& mark) {
  if (mark.disabled) return theme().disabled_text;
  if (mark.on) return theme().primary;
  if (mark.invalid) return theme().danger.strong;
  return mark.hovered ? theme().text : theme().strong_border;
}

void paint_checkbox(const Element& self, Painter& painter, const void* data) {
  const auto* mark = static_cast<const Mark*>(data);
  const Color color = mark_color(*mark);
  if (mark->on) {
    painter.fill(self.box, color, 4);
    painter.icon(Icon::check, inset(self.box, 2),
                 mark->disabled ? theme().surface : theme().on_primary);
    return;
  }
  painter.fill(self.box, theme().surface, 4);
  painter.stroke(self.box, color, 1.5F, 4);
}

void paint_radio(const Element& self, Painter& painter, const void* data) {
  const auto* mark = static_cast<const Mark*>(data);
  const float radius = self.box.width / 2;
  const Point center{self.box.x + radius, self.box.y + radius};
  painter.circle(center, radius, theme().surface);
  painter.ring(center, radius - 0.75F, mark_color(*mark), 1.5F);
  if (mark->on) painter.circle(center, radius - 5, mark_color(*mark));
}

struct SwitchMark {
  float position;  // 0 off, 1 on
  bool disabled;
};

void paint_switch(const Element& self, Painter& painter, const void* data) {
  const auto* mark = static_cast<const SwitchMark*>(data);
  const float radius = self.box.height / 2;
  const Color off = mark->disabled ? theme().disabled_text : theme().strong_border;
  const bool on = mark->position > 0.5F;
  painter.fill(self.box, on && !mark->disabled ? theme().primary : off, radius);
  const float x = self.box.x + radius + mark->position * (self.box.width - 2 * radius);
  painter.circle({x, self.box.y + radius}, radius - 3,
                 on && !mark->disabled ? theme().on_primary : theme().surface);
}

// --- lines of mark and label
// --------------------------------------------------------------------------
struct ChoiceLine {
  NodeId id;
  Role role;
  std::string_view label, help;
  bool on, disabled, invalid;
};

semantics::Node& choice_line(const ChoiceLine& line, const Interaction& state,
                             PaintFunction paint) {
  const Open box(Flow::row);
  box->own_align = !parent_aligns_itself(*box);
  box->gap = 10;
  box->align = line.help.empty() ? Align::center : Align::start;
  box->height_min = touch_height();
  if (!line.help.empty()) box->padding.top = density() == Density::desktop ? 4.0F : 10.0F;
  box->radius = control_radius;
  box->focus_ring = state.focus_ring;
  const float size = text_size(TextSize::body);
  add_paint(20, 20, paint, Mark{line.on, line.disabled, line.invalid, state.hovered});
  {
    const Open text(Flow::column);
    const Color color = line.disabled ? theme().disabled_text : theme().text;
    add_text(line.label, {.size = size, .color = color, .line_height = 1.4F});
    add_field_help(line.help);
  }
  semantics::Node& node = attach(*box, line.id, line.role, line.label);
  node.description.assign(line.help);
  node.checked = tristate(line.on);
  node.disabled = line.disabled;
  node.invalid = line.invalid;
  return node;
}

// The choice that a key moves to from `index`, or the same one.
std::size_t moved_by(Key key, std::span<const Choice> choices, std::size_t index) {
  const std::size_t count = choices.size();
  const bool forward = key == Key::right || key == Key::down || key == Key::home;
  const bool back = key == Key::left || key == Key::up || key == Key::end;
  if (!forward && !back) return index;
  std::size_t at = key == Key::home ? count - 1 : key == Key::end ? 0 : index;
  for (std::size_t i = 0; i < count; ++i) {
    at = forward ? (at + 1) % count : (at + count - 1) % count;
    if (!choices[at].disabled) return at;
  }
  return index;
}

std::string options_text(std::span<const Choice> choices) {
  std::string text;
  for (const Choice& choice : choices) {
    text.append(choice.key).append("\t").append(choice.label).append("\n");
  }
  return text;
}

std::string_view label_of(std::span<const Choice> choices, std::string_view key) {
  const auto found = std::find_if(choices.begin(), choices.end(),
                                  [&](const Choice& choice) { return choice.key == key; });
  return found == choices.end() ? std::string_view{} : found->label;
}

}  // namespace

bool select(const ChoiceOptions& options, std::span<const Choice> choices, std::string& chosen) {
  const NodeId id = make_id(options.key, options.label);
  std::string key;
  const bool changed = semantics::option_chosen(id, key) && key != chosen;
  if (changed) chosen = key;
  const Open group(Flow::column);
  group->gap = 6;
  group->width_max = options.width_max;
  add_field_label(options.label, options.required);
  add_field_help(options.help);
  const std::string_view label = label_of(choices, chosen);
  {
    const Open box(Flow::row);
    style_field_box(*box,
                    {.id = id, .invalid = !options.error.empty(), .disabled = options.disabled});
    box->padding = pad(12, 6);
    box->gap = 8;
    box->height_min = control_height();
    const Color color = options.disabled ? theme().disabled_text
                        : label.empty()  ? theme().secondary_text
                                         : theme().text;
    add_text(label.empty() ? std::string_view(words().choose) : label,
             {.size = text_size(TextSize::body), .color = color, .line_height = 1.35F})
        .grow = 1;
    add_icon(Icon::chevron_down, 18, theme().secondary_text);
    semantics::Node& node = attach(*box, id, Role::select, options.label);
    node.description = description_of(options.help, options.error);
    node.value = chosen;
    node.options = options_text(choices);
    node.font_size = text_size(TextSize::body) * scale();
    node.disabled = options.disabled;
    node.invalid = !options.error.empty();
    node.required = options.required;
  }
  add_field_error(options.error);
  return changed;
}

bool radio_group(const ChoiceOptions& options, std::span<const Choice> choices,
                 std::string& chosen) {
  const NodeId group_id = make_id(options.key, options.label);
  const Scope inside(options.key.empty() ? options.label : options.key);
  const Open group(Flow::column);
  group->gap = 6;
  semantics::Node& node = attach_container(*group, group_id, Role::radiogroup, options.label);
  node.description = description_of(options.help, options.error);
  node.required = options.required;
  node.invalid = !options.error.empty();
  add_field_label(options.label, options.required);
  add_field_help(options.help);
  bool changed = false;
  {
    const Open list(options.inline_choices ? Flow::row : Flow::column);
    list->wrap = options.inline_choices;
    list->gap = options.inline_choices ? 24.0F : 4.0F;
    list->line_gap = 4;
    if (options.inline_choices) list->align = Align::start;
    const std::string before = chosen;
    for (std::size_t i = 0; i < choices.size(); ++i) {
      const Choice& choice = choices[i];
      const NodeId id = make_id(choice.key);
      const bool disabled = options.disabled || choice.disabled;
      const Interaction state = interaction(id, !disabled);
      std::size_t wanted = state.activated ? i : choices.size();
      if (const Key key = semantics::key_pressed(id); key != Key::none) {
        wanted = moved_by(key, choices, i);
        semantics::focus(id_of(choices[wanted].key));
      }
      if (wanted < choices.size()) chosen = choices[wanted].key;
      choice_line({id, Role::radio, choice.label, choice.help, chosen == choice.key, disabled,
                   !options.error.empty()},
                  state, paint_radio);
    }
    changed = chosen != before;
  }
  add_field_error(options.error);
  return changed;
}

bool checkbox(const ToggleOptions& options, bool& value) {
  const NodeId id = make_id(options.key, options.label);
  const Interaction state = interaction(id, !options.disabled);
  if (state.activated) value = !value;
  const Open group(Flow::column);
  group->gap = 4;
  semantics::Node& node = choice_line({id, Role::checkbox, options.label, options.help, value,
                                       options.disabled, !options.error.empty()},
                                      state, paint_checkbox);
  node.description = description_of(options.help, options.error);
  add_field_error(options.error);
  return state.activated;
}

bool toggle_switch(const ToggleOptions& options, bool& value) {
  const NodeId id = make_id(options.key, options.label);
  const Interaction state = interaction(id, !options.disabled);
  if (state.activated) value = !value;
  const Open box(Flow::row);
  box->gap = 12;
  box->align = Align::center;
  box->height_min = touch_height();
  box->radius = control_radius;
  box->focus_ring = state.focus_ring;
  {
    const Open text(Flow::column);
    text->grow = 1;
    const Color color = options.disabled ? theme().disabled_text : theme().text;
    add_text(options.label, {.size = text_size(TextSize::body), .color = color});
    add_field_help(options.help);
  }
  add_paint(44, 24, paint_switch, SwitchMark{animate(id, value ? 1.0F : 0.0F), options.disabled});
  semantics::Node& node = attach(*box, id, Role::switch_, options.label);
  node.description.assign(options.help);
  node.checked = tristate(value);
  node.disabled = options.disabled;
  return state.activated;
}

// --- tabs
// ---------------------------------------------------------------------------------------------
namespace {

void add_tab(const Tab& tab, NodeId id, NodeId panel, bool selected, const Interaction& state) {
  const Open box(Flow::column);
  box->padding = pad(12, 0);
  box->radius = control_radius;
  box->background = selected ? 0 : interactive(0, state);
  box->focus_ring = state.focus_ring;
  const Color color = selected ? theme().primary : theme().text;
  {
    const Open line(Flow::row);
    line->gap = 6;
    line->height_min = density() == Density::desktop ? 38.0F : 44.0F;
    line->align = Align::center;
    add_text(tab.label, {.size = text_size(TextSize::body), .strong = selected, .color = color});
    if (tab.count > 0) {
      add_text(std::to_string(tab.count),
               {.size = text_size(TextSize::small), .color = theme().secondary_text});
    }
  }
  Element& mark = append(Flow::leaf);
  mark.height_min = 3;
  mark.background = selected ? theme().primary : 0;
  std::string name(tab.label);
  if (tab.count > 0) name += " " + std::to_string(tab.count);
  semantics::Node& node = attach(*box, id, Role::tab, name);
  node.selected = tristate(selected);
  node.controls = panel;
}

std::string_view label_of_tab(std::span<const Tab> items, std::string_view key) {
  const auto found =
      std::find_if(items.begin(), items.end(), [&](const Tab& tab) { return tab.key == key; });
  return found == items.end() ? std::string_view{} : found->label;
}

}  // namespace

bool tabs(std::string_view name, std::span<const Tab> items, std::string& current,
          Content content) {
  const Scope inside(name);
  const Open group(Flow::column);
  group->gap = 16;
  const std::string before = current;
  for (std::size_t i = 0; i < items.size(); ++i) {  // decided before any tab is drawn
    const NodeId id = id_of(items[i].key);
    if (semantics::activated(id)) current = items[i].key;
    if (const Key key = semantics::key_pressed(id); key != Key::none) {
      const Tab& wanted = items[moved_around(key, Arrows::horizontal, i, items.size())];
      current = wanted.key;
      semantics::focus(id_of(wanted.key));
    }
  }
  {
    const Open bar(Flow::column);
    {
      const Open line(Flow::row);
      line->wrap = true;
      line->gap = 4;
      attach_container(*line, make_id("tabs"), Role::tablist, name);
      for (const Tab& tab : items) {
        const NodeId id = make_id(tab.key);
        add_tab(tab, id, id_of("panel"), tab.key == current, interaction(id));
      }
    }
    divider();
  }
  const Open panel(Flow::column);
  panel->gap = 28;
  panel->padding.top = 8;
  attach_container(*panel, make_id("panel"), Role::tabpanel, label_of_tab(items, current));
  content();
  return current != before;
}

}  // namespace yuanyue::web::ui
