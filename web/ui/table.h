// A table whose rows are declared only while they are near the viewport. Under 720 px every row
// becomes a small block of "column: value" lines.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "web/ui/core.h"
#include "web/ui/layout.h"

namespace yuanyue::web::ui {

struct TableColumn {
  std::string_view label = {};
  float weight = 1;  // share of the width
  float width_min = 80;
  Align align = Align::start;
};
struct TableOptions {
  std::string_view name = {};
  std::string_view key = {};
  std::size_t row_count = 0;
  float row_height_guess = 48;  // of rows not seen yet; real heights are remembered
};
// `cell` declares the content of one cell with any widgets of this layer; ids are below the row
// number. Rows with changing order: use scope(row key) inside the cell.
void table(const TableOptions& options, std::span<const TableColumn> columns,
           FunctionRef<void(std::size_t row, std::size_t column)> cell);

}  // namespace yuanyue::web::ui
