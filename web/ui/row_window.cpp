#include "web/ui/row_window.h"

#include <algorithm>
#include <cmath>

#include "web/bridge/platform.h"

namespace yuanyue::web::ui::detail {
namespace {

constexpr float margin_rows_height = 400;  // declared above and below the viewport

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

}  // namespace

void windowed_rows(const WindowedRows& rows, FunctionRef<void(std::size_t row)> declare) {
  WidgetMemory& seen = memory(rows.id);
  seen.sizes.resize(rows.count, 0);
  const Window window = window_of(seen, rows.count, rows.height_guess);
  seen.index = static_cast<std::int32_t>(window.first);
  const Open column(Flow::column);
  column->memory_id = rows.id;
  column->placed = remember_heights;
  append(Flow::leaf).height_min = window.before;
  for (std::size_t row = window.first; row < window.last; ++row) declare(row);
  append(Flow::leaf).height_min = window.after;
}

}  // namespace yuanyue::web::ui::detail
