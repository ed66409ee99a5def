// Walks an arranged tree: absolute boxes, semantics nodes, drawing.
#include "web/ui/element.h"

namespace yuanyue::web::ui::detail {
namespace {

constexpr float focus_ring_gap = 2;
constexpr float focus_ring_width = 2;

void paint_border(const Element& element, Painter& painter) {
  painter.stroke(element.box, element.border, element.border_width, element.radius);
}

void paint_box(const Element& element, Painter& painter) {
  if (element.shadow) painter.shadow(element.box, element.radius);
  painter.fill(element.box, element.background, element.radius);
  if (element.edge != 0) {
    constexpr float width = 4, from_corner = 12;
    const Rect edge{element.box.x, element.box.y + from_corner, width,
                    element.box.height - 2 * from_corner};
    painter.fill(edge, element.edge, width / 2);
  }
  if (!element.clip) paint_border(element, painter);
  if (element.focus_ring) {
    painter.stroke(inset(element.box, -(focus_ring_gap + focus_ring_width)), theme().focus,
                   focus_ring_width, element.radius + focus_ring_gap + focus_ring_width);
  }
}

Rect text_box(const Element& element) {
  const Padding& padding = element.padding;
  return {element.box.x + padding.left, element.box.y + padding.top,
          element.box.width - padding.left - padding.right, element.box.height - padding.top};
}

}  // namespace

void make_absolute(Element& element, float x, float y) {
  element.box.x += x;
  element.box.y += y;
  for (Element* child = element.first; child != nullptr; child = child->next)
    make_absolute(*child, element.box.x, element.box.y);
  if (element.placed != nullptr) element.placed(element);
}

void emit_semantics(const Element& element, bool fixed) {
  if (element.node != nullptr) {
    const float s = scale();
    element.node->rect = {element.box.x * s, element.box.y * s, element.box.width * s,
                          element.box.height * s};
    element.node->fixed = fixed;
    if (element.node_has_children) {
      semantics::open(*element.node);
    } else {
      semantics::leaf(*element.node);
    }
  }
  for (const Element* child = element.first; child != nullptr; child = child->next)
    emit_semantics(*child, fixed);
  if (element.node != nullptr && element.node_has_children) semantics::close();
}

void paint_tree(const Element& element, Painter& painter) {
  if (!painter.visible(element.box)) return;
  paint_box(element, painter);
  if (element.text != nullptr) painter.text(*element.text, text_box(element));
  const bool window = element.clip || element.scrolls != 0;
  if (window) painter.push_clip(element.box);
  if (element.paint != nullptr) element.paint(element, painter, element.data);
  const float scrolled = semantics::scroll_top(element.scrolls) / scale();
  Painter inner = painter.moved(-scrolled);
  for (const Element* child = element.first; child != nullptr; child = child->next)
    paint_tree(*child, inner);
  if (window) painter.pop_clip();
  if (element.clip) paint_border(element, painter);  // over what fills the box to its edges
}

}  // namespace yuanyue::web::ui::detail
