// Draws in layout pixels on the frame's draw list. Inside web/ui only.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "web/ui/icon.h"
#include "web/ui/text_layout.h"
#include "web/ui/theme.h"

struct ImDrawList;

namespace yuanyue::web::ui::detail {

struct Rect {
  float x = 0, y = 0, width = 0, height = 0;
  float right() const { return x + width; }
  float bottom() const { return y + height; }
};
constexpr Rect inset(const Rect& box, float by) {
  return {box.x + by, box.y + by, box.width - 2 * by, box.height - 2 * by};
}

struct Point {
  float x = 0, y = 0;
};

enum class Corners : std::uint8_t { all, left };

class Painter {
 public:
  // `dx`, `dy`: added to every coordinate (scrolling). Window: what can be seen, after the offset.
  Painter(ImDrawList& list, float dx, float dy, float window_width, float window_height);

  Painter moved(float dy) const;
  bool visible(const Rect& box) const;
  void fill(const Rect& box, Color color, float radius = 0, Corners corners = Corners::all);
  void stroke(const Rect& box, Color color, float thickness, float radius = 0);
  void shadow(const Rect& box, float radius);
  void line(Point from, Point to, Color color, float thickness);
  void polyline(std::span<const Point> points, Color color, float thickness, bool closed = false);
  void circle(Point center, float radius, Color color);
  void ring(Point center, float radius, Color color, float thickness);
  // Angles in radians, 0 to the right, clockwise.
  void arc(Point center, float radius, float from, float to, Color color, float thickness);
  void icon(Icon icon, const Rect& box, Color color);
  void text(const TextBlock& block, const Rect& box);
  // One line, its middle at `middle_y`.
  void text_line(std::string_view text, float x, float middle_y, const TextStyle& style);
  void text_centered(std::string_view text, float center_x, float middle_y, const TextStyle& style);
  void push_clip(const Rect& box);
  void pop_clip();

 private:
  ImDrawList& list_;
  float dx_, dy_, window_width_, window_height_;
};

void paint_icon(ImDrawList& list, Icon icon, float x, float y, float size, Color color);

}  // namespace yuanyue::web::ui::detail
