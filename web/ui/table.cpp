#include "web/ui/table.h"

#include <algorithm>
#include <string>

#include "web/bridge/platform.h"
#include "web/ui/content.h"
#include "web/ui/element.h"

namespace yuanyue::web::ui {
namespace {

using namespace detail;
using semantics::Role;

constexpr float margin_rows_height = 400;  // declared above and below the viewport

void style_cell(Element& cell, const TableColumn& column) {
  cell.grow = column.weight;
  cell.width_min = column.width_min;
  cell.exact_share = true;
  cell.align = column.align == Align::start ? Align::stretch : column.align;
  cell.padding = pad(12, 10);
}

void header(std::span<const TableColumn> columns) {
  const Open line(Flow::row);
  line->align = Align::end;
  line->background = theme().background;
  attach_container(*line, make_id("header"), Role::row, {});
  for (const TableColumn& column : columns) {
    const Open cell(Flow::column);
    style_cell(*cell, column);
    attach(*cell, make_id(column.label), Role::columnheader, column.label);
    add_text(column.label, {.size = text_size(TextSize::small),
                            .strong = true,
                            .color = theme().secondary_text,
                            .align = column.align});
  }
}

using CellContent = FunctionRef<void(std::size_t row, std::size_t column)>;

void wide_row(std::size_t row, std::span<const TableColumn> columns, CellContent cell_content) {
  const Open line(Flow::row);
  line->align = Align::center;
  attach_container(*line, make_id("row"), Role::row, {}).position =
      static_cast<std::uint16_t>(row + 2);
  for (std::size_t i = 0; i < columns.size(); ++i) {
    const Scope inside(std::to_string(i));
    const Open cell(Flow::column);
    style_cell(*cell, columns[i]);
    attach_container(*cell, make_id("cell"), Role::cell, {});
    cell_content(row, i);
  }
}

void narrow_row(std::size_t row, std::span<const TableColumn> columns, CellContent cell_content) {
  const Open block(Flow::column);
  block->padding = pad(16, 12);
  block->gap = 8;
  attach_container(*block, make_id("row"), Role::row, {}).position =
      static_cast<std::uint16_t>(row + 2);
  for (std::size_t i = 0; i < columns.size(); ++i) {
    const Scope inside(std::to_string(i));
    const Open line(Flow::row);
    line->align = Align::start;
    line->gap = 12;
    attach_container(*line, make_id("cell"), Role::cell, {});
    Element& label = add_text(
        columns[i].label, {.size = text_size(TextSize::small), .color = theme().secondary_text});
    label.width = 96;
    const Open value(Flow::column);
    value->grow = 1;
    cell_content(row, i);
  }
}

struct Window {
  std::size_t first = 0, last = 0;  // rows declared: [first, last)
  float before = 0, after = 0;      // heights of the rows that are not
};

float height_of(const WidgetMemory& seen, std::size_t row, float guess) {
  return row < seen.sizes.size() && seen.sizes[row] > 0 ? seen.sizes[row] : guess;
}

Window window_of(const WidgetMemory& seen, std::size_t row_count, float guess) {
  const float top = page_scroll() - margin_rows_height;
  const float bottom = page_scroll() + view_height() + margin_rows_height;
  Window window;
  float y = seen.position;
  for (std::size_t row = 0; row < row_count; ++row) {
    const float height = height_of(seen, row, guess);
    if (y + height < top) {
      window.first = row + 1;
      window.before += height;
    } else if (y > bottom) {
      window.after += height;
    } else {
      window.last = row + 1;
    }
    y += height;
  }
  window.last = std::max(window.last, window.first);
  return window;
}

// Children of the body: space above, one element per declared row, space below.
void remember_heights(const Element& body) {
  WidgetMemory& seen = memory(body.memory_id);
  bool changed = std::abs(seen.position - body.box.y) > 0.5F;
  seen.position = body.box.y;
  auto row = static_cast<std::size_t>(seen.index);
  for (const Element* child = body.first->next; child != body.last; child = child->next, ++row) {
    if (row >= seen.sizes.size()) break;
    changed |= std::abs(seen.sizes[row] - child->box.height) > 0.5F;
    seen.sizes[row] = child->box.height;
  }
  if (changed) platform::request_frame();
}

void body(const TableOptions& options, std::span<const TableColumn> columns, NodeId id,
          CellContent cell_content) {
  WidgetMemory& seen = memory(id);
  seen.sizes.resize(options.row_count, 0);
  const Window window = window_of(seen, options.row_count, options.row_height_guess);
  seen.index = static_cast<std::int32_t>(window.first);
  const Open rows(Flow::column);
  rows->memory_id = id;
  rows->placed = remember_heights;
  append(Flow::leaf).height_min = window.before;
  for (std::size_t row = window.first; row < window.last; ++row) {
    const Scope inside(std::to_string(row));
    const Open line(Flow::column);
    divider();
    if (narrow()) {
      narrow_row(row, columns, cell_content);
    } else {
      wide_row(row, columns, cell_content);
    }
  }
  append(Flow::leaf).height_min = window.after;
}

}  // namespace

void table(const TableOptions& options, std::span<const TableColumn> columns, CellContent cell) {
  const NodeId id = make_id(options.key, options.name);
  const Scope inside(options.key.empty() ? options.name : options.key);
  const Open box(Flow::column);
  box->background = theme().surface;
  box->border = theme().border;
  box->border_width = theme().border_width;
  box->radius = card_radius;
  box->clip = true;
  semantics::Node& node = attach_container(*box, id, Role::table, options.name);
  node.set_size = static_cast<std::uint16_t>(std::min<std::size_t>(options.row_count + 1, 65535));
  if (!narrow()) header(columns);
  body(options, columns, id, cell);
}

}  // namespace yuanyue::web::ui
