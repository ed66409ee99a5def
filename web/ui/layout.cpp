#include "web/ui/layout.h"

#include <algorithm>

#include "web/bridge/platform.h"
#include "web/ui/content.h"
#include "web/ui/element.h"
#include "web/ui/input.h"

namespace yuanyue::web::ui {
namespace {

using namespace detail;
using semantics::Role;

float page_padding() { return narrow() ? 16 : 32; }

void page_head(const PageOptions& options) {
  if (options.title.empty() && options.back_label.empty()) return;
  const Open head(Flow::column);
  head->gap = 4;
  head->align = Align::start;
  if (!options.back_label.empty()) {
    link({.label = options.back_label, .href = options.back_href, .icon = Icon::back});
  }
  if (!options.title.empty()) heading(1, options.title);
  if (!options.lead.empty()) {
    paragraph(options.lead, {.secondary = true, .width_max = 720});
  }
}

void page_body(const PageOptions& options, Content content) {
  const Open outer(Flow::column);
  outer->align = Align::center;
  outer->padding = {page_padding(), narrow() ? 16.0F : 28.0F, page_padding(), 48};
  const Open body(Flow::column);
  body->fill = true;
  body->width_max = std::min(options.width_max, content_width_max);
  body->gap = 28;
  attach_container(*outer, main_id(), Role::main, options.title);
  page_head(options);
  content();
}

void surface(Element& box, float padding) {
  box.background = theme().surface;
  box.border = theme().border;
  box.border_width = theme().border_width;
  box.radius = card_radius;
  box.padding = pad(narrow() ? std::min(padding, 16.0F) : padding);
}

}  // namespace

void page(const PageOptions& options, Content content) {
  if (has_parent()) return page_body(options, content);
  const OpenRoot root({.layer = Layer::page, .order = 2});
  page_body(options, content);
}

void section(const SectionOptions& options, Content content) {
  const Scope inside(options.key.empty() ? options.title : options.key);
  const Open box(Flow::column);
  box->gap = 12;
  attach_container(*box, make_id("section"), Role::region, options.title);
  if (!options.title.empty()) {
    const Open line(Flow::row);
    line->wrap = true;
    line->gap = 16;
    line->justify = Justify::space_between;
    heading(2, options.title);
    if (!options.action_label.empty()) {
      link({.label = options.action_label, .href = options.action_href});
    }
  }
  if (!options.lead.empty()) paragraph(options.lead, {.secondary = true, .width_max = 720});
  if (options.title.empty()) return content();
  const Part part;
  content();
}

void card(const CardOptions& options, Content content) {
  const Scope inside(options.key.empty() ? options.title : options.key);
  const Open box(Flow::column);
  surface(*box, options.padding);
  if (options.flat) box->background = 0;
  if (options.tone != Tone::neutral) {
    box->edge = tone_colors(options.tone).fill;
    box->padding.left += 4;
  }
  box->gap = options.gap;
  const std::string_view name = options.name.empty() ? options.title : options.name;
  if (!name.empty()) attach_container(*box, make_id("card"), Role::group, name);
  if (options.title.empty()) return content();
  add_title(options.title);
  const Part part;
  content();
}

void card(Content content) { card(CardOptions{}, content); }

bool link_card(const LinkCardOptions& options, Content content) {
  const NodeId id = make_id(options.key, options.name);
  const Interaction state = interaction(id);
  const Open box(Flow::column);
  surface(*box, options.padding);
  box->background = interactive(theme().surface, state);
  if (state.hovered) box->border = theme().strong_border;
  box->focus_ring = state.focus_ring;
  box->gap = 8;
  attach(*box, id, Role::link, options.name).href.assign(options.href);
  const Scope inside(options.key.empty() ? options.name : options.key);
  const Muted muted;
  content();
  return state.activated;
}

void column(const ColumnOptions& options, Content content) {
  const Scope inside(options.key);
  const Open box(Flow::column);
  box->gap = options.gap;
  box->align = options.align;
  box->width_max = options.width_max;
  content();
}

void column(Content content) { column(ColumnOptions{}, content); }

void row(const RowOptions& options, Content content) {
  const Scope inside(options.key);
  const Open box(Flow::row);
  box->gap = options.gap;
  box->line_gap = options.line_gap;
  box->align = options.align;
  box->justify = options.justify;
  box->wrap = options.wrap;
  content();
}

void row(Content content) { row(RowOptions{}, content); }

void form(const FormOptions& options, Content content) {
  const Scope inside(options.key.empty() ? options.name : options.key);
  const Open box(Flow::column);
  box->gap = options.gap;
  attach_container(*box, make_id("form"), Role::form, options.name);
  content();
}

void actions(Content content) {
  if (!narrow()) return row({.gap = 12}, content);
  const Open box(Flow::column);
  box->gap = 8;
  box->action_column = true;
  content();
}

void grid(const GridOptions& options, Content content) {
  const Scope inside(options.key);
  const Open box(Flow::grid);
  box->wrap = true;
  box->column_width_min = options.column_width_min;
  box->columns_max = options.columns_max;
  box->gap = box->line_gap = options.gap;
  content();
}

void split(const SplitOptions& options, Content first, Content second) {
  const Open box(Flow::row);
  box->wrap = true;
  box->gap = box->line_gap = options.gap;
  box->align = Align::start;
  const auto part = [](float weight, float width_min, Content content) {
    const Open side(Flow::column);
    side->gap = 16;
    side->grow = weight;
    side->width_min = width_min;
    content();
  };
  part(options.first_weight, options.first_width_min, first);
  part(options.second_weight, options.second_width_min, second);
}

void spacer() { append(Flow::leaf).grow = 1; }

void grow(Content content) {
  const Open box(Flow::column);
  box->grow = 1;
  box->gap = 4;
  content();
}

void divider() {
  Element& line = append(Flow::leaf);
  line.height_min = theme().border_width;
  line.background = theme().border;
}

void gap(float height) { append(Flow::leaf).height_min = height; }

bool disclosure(const DisclosureOptions& options, bool& open, Content content) {
  const NodeId id = make_id(options.key, options.label);
  const Interaction state = interaction(id);
  if (state.activated) open = !open;
  const Open box(Flow::column);
  box->gap = 12;
  {
    const Open line(Flow::row);
    line->wrap = true;
    line->gap = 12;
    line->align = Align::center;
    if (!options.sentence.empty()) {
      paragraph(options.sentence, {.tone = options.tone, .icon = options.icon});
    }
    const Open toggle(Flow::row);
    toggle->gap = 4;
    toggle->height_min = density() == Density::phone ? 44.0F : 24.0F;
    toggle->radius = control_radius;
    toggle->focus_ring = state.focus_ring;
    toggle->align = Align::center;
    const Color color = state.hovered ? theme().primary_hover : theme().primary;
    add_icon(open ? Icon::chevron_up : Icon::chevron_down, 18, color);
    add_text(options.label, {.size = text_size(TextSize::body), .color = color});
    attach(*toggle, id, Role::button, options.label).expanded =
        open ? semantics::Tristate::yes : semantics::Tristate::no;
  }
  if (open) {
    const Scope inside(options.key.empty() ? options.label : options.key);
    content();
  }
  return state.activated;
}

// --- lists
// ------------------------------------------------------------------------------------------
namespace {

struct ListState {
  Element* element;
  bool lines;
};
ListState* current_list = nullptr;

}  // namespace

void list(const ListOptions& options, Content content) {
  const Scope inside(options.key.empty() ? options.name : options.key);
  const Open box(Flow::column);
  box->gap = options.gap;
  attach_container(*box, make_id("list"), Role::list, options.name);
  ListState state{&*box, options.gap == 0};
  ListState* const outer = std::exchange(current_list, &state);
  content();
  current_list = outer;
}

void item(std::string_view key, Content content) {
  const Scope inside(key);
  const bool lines = current_list != nullptr && current_list->lines;
  if (lines && current_list->element->first != nullptr) divider();
  const Open box(Flow::column);
  box->gap = 8;
  if (lines) box->padding = pad(0, 12);
  attach_container(*box, make_id("item"), Role::listitem, {});
  content();
}

}  // namespace yuanyue::web::ui
