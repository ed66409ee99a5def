#include "web/ui/table.h"

#include <algorithm>
#include <string>

#include "web/ui/content.h"
#include "web/ui/element.h"
#include "web/ui/row_window.h"

namespace yuanyue::web::ui {
namespace {

using namespace detail;
using semantics::Role;

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

void body(const TableOptions& options, std::span<const TableColumn> columns, NodeId id,
          CellContent cell_content) {
  windowed_rows({id, options.row_count, options.row_height_guess}, [&](std::size_t row) {
    const Scope inside(std::to_string(row));
    const Open line(Flow::column);
    divider();
    if (narrow()) {
      narrow_row(row, columns, cell_content);
    } else {
      wide_row(row, columns, cell_content);
    }
  });
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
