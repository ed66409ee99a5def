// Which of many rows are declared: those near the viewport. The others are space, as high as they
// were when they were seen last, or as a guess. Inside web/ui only.
#pragma once

#include <cstddef>

#include "web/ui/element.h"

namespace yuanyue::web::ui::detail {

struct WindowedRows {
  NodeId id = 0;  // the memory of heights
  std::size_t count = 0;
  float height_guess = 48;
};
// A column of rows; `declare` opens one element for the row it is given.
void windowed_rows(const WindowedRows& rows, FunctionRef<void(std::size_t row)> declare);

}  // namespace yuanyue::web::ui::detail
