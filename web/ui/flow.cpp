// Measures and arranges the element tree: columns, wrapping rows and grids.
#include <algorithm>
#include <cmath>

#include "web/ui/element.h"

namespace yuanyue::web::ui::detail {
namespace {

float horizontal(const Padding& padding) { return padding.left + padding.right; }
float vertical(const Padding& padding) { return padding.top + padding.bottom; }

std::uint32_t child_count(const Element& element) {
  std::uint32_t count = 0;
  for (const Element* child = element.first; child != nullptr; child = child->next) ++count;
  return count;
}

// --- what the content asks for
// ---------------------------------------------------------------------
struct Extent {
  float min = 0, max = 0;
};

Extent column_extent(const Element& element) {
  Extent extent;
  for (const Element* child = element.first; child != nullptr; child = child->next) {
    extent.min = std::max(extent.min, child->min_content);
    extent.max = std::max(extent.max, child->max_content);
  }
  return extent;
}

Extent row_extent(const Element& element) {
  Extent extent;
  float min_sum = 0;
  for (const Element* child = element.first; child != nullptr; child = child->next) {
    extent.min = std::max(extent.min, child->min_content);
    min_sum += child->min_content;
    extent.max += child->max_content;
  }
  const std::uint32_t count = child_count(element);
  const float gaps = count > 1 ? element.gap * static_cast<float>(count - 1) : 0;
  extent.max += gaps;
  if (!element.wrap) extent.min = min_sum + gaps;
  return extent;
}

Extent grid_extent(const Element& element) {
  Extent extent = column_extent(element);
  const float columns =
      static_cast<float>(std::min<std::uint32_t>(element.columns_max, child_count(element)));
  const float column = std::max(extent.max, element.column_width_min);
  extent.max = std::max(0.0F, column * columns + element.gap * (columns - 1));
  return extent;
}

Extent content_extent(Element& element) {
  switch (element.flow) {
    case Flow::column:
      return column_extent(element);
    case Flow::row:
      return row_extent(element);
    case Flow::grid:
      return grid_extent(element);
    case Flow::text:
      measure(*element.text);
      return {element.text->min_width, element.text->max_width};
    case Flow::leaf:
      return {};
  }
  return {};
}

// --- placing
// ----------------------------------------------------------------------------------------
float aligned(Align align, float free_space) {
  if (align == Align::center) return free_space / 2;
  return align == Align::end ? free_space : 0;
}

// A column that became taller than its content keeps to the side it is justified to.
void move_children(Element& element, float dy) {
  for (Element* child = element.first; child != nullptr; child = child->next) child->box.y += dy;
}

void set_height(Element& element, float height) {
  const float extra = height - element.box.height;
  element.box.height = height;
  if (extra <= 0) return;
  if (element.flow == Flow::column) {
    if (element.justify == Justify::center) move_children(element, extra / 2);
    if (element.justify == Justify::end) move_children(element, extra);
  } else if (element.flow == Flow::row && element.align != Align::start) {
    move_children(element, aligned(element.align, extra));
  }
}

float arrange_column(Element& element, float inner) {
  float y = element.padding.top;
  for (Element* child = element.first; child != nullptr; child = child->next) {
    const Align align = child->own_align ? child->self : element.align;
    const bool full = align == Align::stretch || child->fill;
    float width = full ? inner : std::min(inner, std::max(child->max_content, child->min_content));
    if (child->width > 0) width = std::min(child->width, inner);
    if (child->width_max > 0) width = std::min(width, child->width_max);
    arrange(*child, width);
    child->box.x = element.padding.left + aligned(align, inner - width);
    child->box.y = y;
    y += child->box.height + (child->next != nullptr ? element.gap : 0);
  }
  return y + element.padding.bottom;
}

float base_width(const Element& child, float inner) {
  if (child.width > 0) return std::min(child.width, inner);
  if (child.grow > 0) return std::min(std::max(child.min_content, child.width_min), inner);
  return std::min(std::max(child.max_content, child.min_content), inner);
}

struct RowLine {
  Element* begin = nullptr;
  Element* end = nullptr;  // first of the next line
  float total = 0;         // base widths and gaps
  float grow = 0;
  std::uint32_t count = 0;
};

RowLine take_line(const Element& row, Element* begin, float inner) {
  RowLine line{.begin = begin};
  Element* child = begin;
  for (; child != nullptr; child = child->next) {
    const float width = base_width(*child, inner);
    const float with_gap = line.count > 0 ? row.gap + width : width;
    if (row.wrap && line.count > 0 && line.total + with_gap > inner + 0.5F) break;
    child->box.width = width;
    line.total += with_gap;
    line.grow += child->grow;
    ++line.count;
  }
  line.end = child;
  return line;
}

void shrink_line(const RowLine& line, float excess) {
  float give = 0;
  for (Element* child = line.begin; child != line.end; child = child->next)
    give += std::max(0.0F, child->box.width - child->min_content);
  if (give <= 0) return;
  const float ratio = std::min(1.0F, excess / give);
  for (Element* child = line.begin; child != line.end; child = child->next) {
    const float spare = std::max(0.0F, child->box.width - child->min_content);
    child->box.width = std::floor(child->box.width - spare * ratio);
  }
}

// Growing children share what the others leave in the ratio of their weights, but never get less
// than they need; those that need more than their share are set aside and the rest share again.
void grow_line(const Element& row, const RowLine& line, float inner) {
  float space = inner - row.gap * static_cast<float>(line.count - 1);
  float weight = line.grow;
  for (Element* child = line.begin; child != line.end; child = child->next)
    if (child->grow <= 0) space -= child->box.width;
  for (bool changed = true; changed && weight > 0;) {
    changed = false;
    for (Element* child = line.begin; child != line.end; child = child->next) {
      const float need = child->box.width;
      if (child->grow <= 0 || need <= space * child->grow / weight + 0.01F) continue;
      if (child->box.height < 0) continue;  // already set aside
      child->box.height = -1;
      space -= need;
      weight -= child->grow;
      changed = true;
    }
  }
  for (Element* child = line.begin; child != line.end; child = child->next) {
    const bool set_aside = child->box.height < 0;
    child->box.height = 0;
    if (child->grow > 0 && !set_aside && weight > 0)
      child->box.width = std::floor(space * child->grow / weight);
    if (child->width_max > 0) child->box.width = std::min(child->box.width, child->width_max);
  }
}

float place_line(const Element& row, const RowLine& line, float inner, float y) {
  float used = 0, height = 0;
  for (Element* child = line.begin; child != line.end; child = child->next) {
    arrange(*child, child->box.width);
    used += child->box.width;
    height = std::max(height, child->box.height);
  }
  const float free_space =
      std::max(0.0F, inner - used - row.gap * static_cast<float>(line.count - 1));
  float x = row.padding.left;
  float between = row.gap;
  if (row.justify == Justify::center) x += free_space / 2;
  if (row.justify == Justify::end) x += free_space;
  if (row.justify == Justify::space_between && line.count > 1)
    between += free_space / static_cast<float>(line.count - 1);
  for (Element* child = line.begin; child != line.end; child = child->next) {
    const Align align = child->own_align ? child->self : row.align;
    child->box.x = x;
    if (align == Align::stretch) set_height(*child, height);
    child->box.y = y + aligned(align, height - child->box.height);
    x += child->box.width + between;
  }
  return height;
}

float arrange_row(Element& element, float inner) {
  float y = element.padding.top;
  for (Element* next = element.first; next != nullptr;) {
    const RowLine line = take_line(element, next, inner);
    if (line.total > inner + 0.5F) shrink_line(line, line.total - inner);
    if (line.grow > 0) grow_line(element, line, inner);
    y += place_line(element, line, inner, y);
    next = line.end;
    if (next != nullptr) y += element.line_gap;
  }
  return y + element.padding.bottom;
}

float grid_column_min(const Element& element, float inner) {
  float width = element.column_width_min;
  if (!element.wrap) return width;
  for (const Element* child = element.first; child != nullptr; child = child->next)
    width = std::max(width, child->min_content);
  return std::min(width, inner);
}

float arrange_grid(Element& element, float inner) {
  const float column_min = grid_column_min(element, inner);
  // Without any width there is one column: no number of them would fit.
  const float step = column_min + element.gap;
  const float fitting = step > 0 ? std::floor((inner + element.gap) / step) : 1;
  const auto columns = static_cast<std::uint32_t>(std::clamp(
      fitting, 1.0F, static_cast<float>(std::max<std::uint16_t>(1, element.columns_max))));
  const float count = static_cast<float>(columns);
  const float width = (inner - element.gap * (count - 1)) / count;
  float y = element.padding.top;
  for (Element* next = element.first; next != nullptr;) {
    Element* line = next;
    float height = 0;
    std::uint32_t column = 0;
    for (; next != nullptr && column < columns; next = next->next, ++column) {
      arrange(*next, width);
      next->box.x = element.padding.left + static_cast<float>(column) * (width + element.gap);
      next->box.y = y;
      height = std::max(height, next->box.height);
    }
    for (Element* child = line; child != next; child = child->next)
      if (element.align == Align::stretch) set_height(*child, height);
    y += height + (next != nullptr ? element.line_gap : 0);
  }
  return y + element.padding.bottom;
}

}  // namespace

void measure(Element& element) {
  for (Element* child = element.first; child != nullptr; child = child->next) measure(*child);
  Extent extent = content_extent(element);
  const float sides = horizontal(element.padding);
  extent.min = std::max(extent.min + sides, element.width_min);
  extent.max = std::max(extent.max + sides, element.width_min);
  if (element.width_max > 0) {
    extent.max = std::min(extent.max, element.width_max);
    extent.min = std::min(extent.min, element.width_max);
  }
  if (element.width > 0) extent.min = extent.max = element.width;
  if (element.exact_share) extent.min = extent.max = element.width_min;
  element.min_content = extent.min;
  element.max_content = std::max(extent.max, extent.min);
}

void arrange(Element& element, float width) {
  element.box.width = width;
  element.box.height = 0;
  const float inner = std::max(0.0F, width - horizontal(element.padding));
  float height = 0;
  switch (element.flow) {
    case Flow::column:
      height = arrange_column(element, inner);
      break;
    case Flow::row:
      height = arrange_row(element, inner);
      break;
    case Flow::grid:
      height = arrange_grid(element, inner);
      break;
    case Flow::leaf:
      height = vertical(element.padding);
      break;
    case Flow::text: {
      wrap(*element.text, inner);
      const TextStyle& style = element.text->style;
      height = static_cast<float>(element.text->line_count) * style.size * style.line_height +
               vertical(element.padding);
      break;
    }
  }
  element.box.height = height;
  if (element.height_min > height) set_height(element, element.height_min);
}

}  // namespace yuanyue::web::ui::detail
