// The blocks of a day, and the strip of days that explains a deadline.
#include <algorithm>
#include <string>

#include "web/ui/calendar.h"
#include "web/ui/content.h"
#include "web/ui/element.h"
#include "web/ui/format.h"

namespace yuanyue::web::ui {
namespace {

using namespace detail;
using semantics::Key;
using semantics::Role;
using semantics::Tristate;

bool choosable(const TimeBlock& block) {
  return block.kind != BlockKind::closed && block.kind != BlockKind::own;
}

struct BlockLook {
  Color ground = 0, border = 0, time = 0, detail = 0;
  Icon icon = Icon::none;
};

BlockLook look_of(BlockKind kind) {
  const Theme& colors = theme();
  switch (kind) {
    case BlockKind::free:
      return {colors.surface, colors.strong_border, colors.text, colors.success.strong, Icon::none};
    case BlockKind::few:
      return {colors.surface, colors.strong_border, colors.text, colors.warning.strong, Icon::none};
    case BlockKind::full:
      return {colors.background, colors.border, colors.text, colors.secondary_text, Icon::queue};
    case BlockKind::held:
      return {colors.info.soft, colors.info.border, colors.text, colors.info.strong,
              Icon::hourglass};
    case BlockKind::own:
      return {colors.primary_soft, colors.primary_soft, colors.text, colors.primary, Icon::pin};
    case BlockKind::closed:
      break;
  }
  return {colors.background, 0, colors.disabled_text, colors.secondary_text, Icon::none};
}

void block_cell(const TimeBlock& block, NodeId id, bool selected, std::size_t index,
                std::size_t count) {
  const bool open = choosable(block);
  const Interaction state = interaction(id, open);
  BlockLook look = look_of(block.kind);
  if (open) look.ground = interactive(look.ground, state);
  const Open box(Flow::column);
  box->padding = pad(12, 10);
  box->gap = 2;
  box->justify = Justify::center;
  box->height_min = 60;
  box->radius = control_radius;
  box->background = selected ? theme().primary : look.ground;
  box->border = selected ? theme().primary : look.border;
  box->border_width = theme().border_width;
  box->focus_ring = state.focus_ring;
  {
    const Open line(Flow::row);
    line->gap = 6;
    line->justify = Justify::space_between;
    add_text(block.time, {.size = text_size(TextSize::large),
                          .strong = true,
                          .color = selected ? theme().on_primary : look.time,
                          .line_height = 1.35F});
    const Icon icon = selected ? Icon::check : look.icon;
    if (icon != Icon::none) add_icon(icon, 18, selected ? theme().on_primary : look.detail);
  }
  add_text(block.detail, {.size = text_size(TextSize::small),
                          .color = selected ? theme().on_primary : look.detail});
  std::string name(block.time);
  if (!block.detail.empty()) name.append(" ").append(block.detail);
  semantics::Node& node = attach(*box, id, Role::radio, name);
  node.checked = selected ? Tristate::yes : Tristate::no;
  node.disabled = !open;
  node.position = static_cast<std::uint16_t>(index + 1);
  node.set_size = static_cast<std::uint16_t>(count);
}

// --- deadline strip
// -----------------------------------------------------------------------------------
struct NumberMark {
  std::uint8_t number;
  Color ground, text;
};

void paint_number_mark(const Element& self, Painter& painter, const void* data) {
  const auto* mark = static_cast<const NumberMark*>(data);
  const Point center{self.box.x + self.box.width / 2, self.box.y + self.box.height / 2};
  painter.circle(center, self.box.width / 2, mark->ground);
  painter.text_centered(std::to_string(mark->number), center.x, center.y,
                        {.size = 13, .strong = true, .color = mark->text});
}

struct StripLook {
  Color ground, border, text, mark, on_mark;
  float border_width;
};

StripLook look_of(const StripDay& day, bool passed) {
  const Theme& colors = theme();
  const ToneColors& danger = colors.danger;
  if (day.deadline && passed) {
    return {danger.soft, danger.strong, danger.strong, danger.fill, danger.on_fill, 2};
  }
  if (day.deadline) {
    return {colors.primary_soft, colors.primary,    colors.primary,
            colors.primary,      colors.on_primary, 2};
  }
  if (day.counted > 0) {
    return {colors.surface, colors.primary, colors.text, colors.primary, colors.on_primary, 1};
  }
  return {colors.background,     colors.border,  colors.secondary_text,
          colors.secondary_text, colors.surface, colors.border_width};
}

std::string strip_name(const StripDay& day) {
  std::string name(day.name);
  if (name.empty()) {
    name.append(day.day).append(" ").append(day.weekday).append(" ").append(day.label);
    if (day.counted > 0) {
      name += words().also + fill(words().counted_day, {{"number", std::to_string(day.counted)}});
    }
  }
  if (day.today) name += words().also + words().today;
  if (day.provisional) name += words().also + words().provisional;
  return name;
}

void strip_cell(const StripDay& day, bool passed) {
  const StripLook look = look_of(day, passed);
  const Open box(Flow::column);
  box->padding = pad(narrow() ? 4.0F : 8.0F, 8);
  box->gap = 4;
  box->align = Align::center;
  box->radius = control_radius;
  box->background = look.ground;
  box->border = look.border;
  box->border_width = look.border_width;
  attach(*box, make_id(day.day), Role::listitem, strip_name(day));
  const float small = text_size(TextSize::small);
  {
    const Open line(Flow::row);
    line->gap = 4;
    line->align = Align::center;
    add_text(day.day, {.size = text_size(TextSize::large),
                       .strong = true,
                       .color = look.text,
                       .line_height = 1.3F});
    add_text(day.weekday, {.size = small, .color = look.text});
  }
  if (day.counted > 0) {
    add_paint(22, 22, paint_number_mark, NumberMark{day.counted, look.mark, look.on_mark});
  }
  add_text(day.label, {.size = small,
                       .strong = day.deadline || day.appointment,
                       .color = look.text,
                       .align = Align::center,
                       .line_height = 1.35F});
  if (day.today) {
    add_text(words().today, {.size = small,
                             .strong = true,
                             .color = theme().text,
                             .align = Align::center,
                             .line_height = 1.3F});
  }
  if (day.provisional) {
    add_text(words().provisional, {.size = small,
                                   .color = theme().warning.strong,
                                   .align = Align::center,
                                   .line_height = 1.3F});
  }
}

}  // namespace

bool block_grid(const BlockGridOptions& options, std::span<const TimeBlock> blocks,
                std::string& selected) {
  const NodeId group_id = make_id(options.key, options.name);
  const Scope inside(options.key.empty() ? options.name : options.key);
  const Open grid(Flow::grid);
  grid->wrap = true;
  grid->column_width_min = options.block_width_min;
  grid->columns_max = 4;
  grid->gap = grid->line_gap = 8;
  attach_container(*grid, group_id, Role::radiogroup, options.name);
  const std::string before = selected;
  for (std::size_t i = 0; i < blocks.size(); ++i) {  // decided before any block is drawn
    const NodeId id = id_of(blocks[i].key);
    if (choosable(blocks[i]) && semantics::activated(id)) selected = blocks[i].key;
    if (const Key key = semantics::key_pressed(id); key != Key::none) {
      const TimeBlock& wanted = blocks[moved_around(key, Arrows::all, i, blocks.size())];
      semantics::focus(id_of(wanted.key));
      if (choosable(wanted)) selected = wanted.key;
    }
  }
  for (std::size_t i = 0; i < blocks.size(); ++i) {
    block_cell(blocks[i], make_id(blocks[i].key), blocks[i].key == selected, i, blocks.size());
  }
  return selected != before;
}

void deadline_strip(const DeadlineStripOptions& options, std::span<const StripDay> days) {
  const Scope inside(options.key.empty() ? options.name : options.key);
  const Open box(Flow::column);
  box->gap = 12;
  {
    const Open grid(Flow::grid);
    grid->wrap = true;
    grid->column_width_min = narrow() ? 72.0F : 84.0F;
    grid->columns_max = static_cast<std::uint16_t>(std::clamp<std::size_t>(days.size(), 1, 9));
    grid->gap = grid->line_gap = 6;
    grid->width_max = 112.0F * static_cast<float>(grid->columns_max);
    attach_container(*grid, make_id("strip"), Role::list, options.name);
    for (const StripDay& day : days) strip_cell(day, options.passed);
  }
  if (!options.sentence.empty()) {
    paragraph(options.sentence, {.icon = options.passed ? Icon::warning : Icon::info});
  }
}

}  // namespace yuanyue::web::ui
