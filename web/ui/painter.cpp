#include "web/ui/painter.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "imgui.h"
#include "web/bridge/platform.h"

namespace yuanyue::web::ui::detail {
namespace {

float snapped(float pixels) {
  const float ratio = std::max(1.0F, platform::viewport().pixel_ratio);
  return std::round(pixels * ratio) / ratio;
}

}  // namespace

Painter::Painter(ImDrawList& list, float dx, float dy, float window_width, float window_height)
    : list_(list), dx_(dx), dy_(dy), window_width_(window_width), window_height_(window_height) {}

Painter Painter::moved(float dy) const {
  return {list_, dx_, dy_ + dy, window_width_, window_height_};
}

bool Painter::visible(const Rect& box) const {
  constexpr float margin = 8;  // rings and shadows reach beyond the box
  return box.bottom() + dy_ > -margin && box.y + dy_ < window_height_ + margin &&
         box.right() + dx_ > -margin && box.x + dx_ < window_width_ + margin;
}

void Painter::fill(const Rect& box, Color color, float radius, Corners corners) {
  if ((color >> 24U) == 0) return;
  const float s = scale();
  const ImVec2 from(snapped((box.x + dx_) * s), snapped((box.y + dy_) * s));
  const ImVec2 to(snapped((box.right() + dx_) * s), snapped((box.bottom() + dy_) * s));
  const ImDrawFlags flags = corners == Corners::left ? ImDrawFlags_RoundCornersLeft : 0;
  list_.AddRectFilled(from, to, color, radius * s, flags);
}

void Painter::stroke(const Rect& box, Color color, float thickness, float radius) {
  if ((color >> 24U) == 0 || thickness <= 0) return;
  const float s = scale();
  // AddRect puts its line half a pixel inside; half of the rest keeps thick lines inside as well.
  const float in = (thickness * s - 1) / 2;
  const ImVec2 from(snapped((box.x + dx_) * s) + in, snapped((box.y + dy_) * s) + in);
  const ImVec2 to(snapped((box.right() + dx_) * s) - in, snapped((box.bottom() + dy_) * s) - in);
  list_.AddRect(from, to, color, std::max(0.0F, radius * s - in), 0, thickness * s);
}

void Painter::shadow(const Rect& box, float radius) {
  constexpr int layers = 5;
  constexpr float spread = 1.5F;
  for (int i = layers; i >= 1; --i) {
    const float grow = static_cast<float>(i) * spread;
    Rect around = inset(box, -grow);
    around.y += 2;
    fill(around, with_alpha(0, 6), radius + grow);
  }
}

void Painter::line(Point from, Point to, Color color, float thickness) {
  const float s = scale();
  list_.AddLine({(from.x + dx_) * s, (from.y + dy_) * s}, {(to.x + dx_) * s, (to.y + dy_) * s},
                color, thickness * s);
}

void Painter::polyline(std::span<const Point> points, Color color, float thickness, bool closed) {
  const float s = scale();
  list_.PathClear();
  for (const Point& point : points) list_.PathLineTo({(point.x + dx_) * s, (point.y + dy_) * s});
  list_.PathStroke(color, closed ? ImDrawFlags_Closed : 0, thickness * s);
}

void Painter::circle(Point center, float radius, Color color) {
  const float s = scale();
  list_.AddCircleFilled({(center.x + dx_) * s, (center.y + dy_) * s}, radius * s, color);
}

void Painter::ring(Point center, float radius, Color color, float thickness) {
  const float s = scale();
  list_.AddCircle({(center.x + dx_) * s, (center.y + dy_) * s}, radius * s, color, 0,
                  thickness * s);
}

void Painter::arc(Point center, float radius, float from, float to, Color color, float thickness) {
  const float s = scale();
  list_.PathClear();
  list_.PathArcTo({(center.x + dx_) * s, (center.y + dy_) * s}, radius * s, from, to, 24);
  list_.PathStroke(color, 0, thickness * s);
}

void Painter::icon(Icon icon, const Rect& box, Color color) {
  const float size = std::min(box.width, box.height);
  const float s = scale();
  paint_icon(list_, icon, (box.x + (box.width - size) / 2 + dx_) * s,
             (box.y + (box.height - size) / 2 + dy_) * s, size * s, color);
}

void Painter::text(const TextBlock& block, const Rect& box) {
  const TextStyle& style = block.style;
  const Color color = style.color == 0 ? theme().text : style.color;
  const float pixels = pixel_size(style.size);
  const float line_height = style.size * style.line_height;
  const float s = scale();
  for (std::uint32_t i = 0; i < block.line_count; ++i) {
    const TextLine& line = block.lines[i];
    const float y = box.y + static_cast<float>(i) * line_height;
    if (line.begin == line.end || !visible({box.x, y, box.width, line_height})) continue;
    float x = box.x;
    if (style.align == Align::center) x += (box.width - line.width) / 2;
    if (style.align == Align::end) x += box.width - line.width;
    const ImVec2 at(std::round((x + dx_) * s),
                    std::round((y + dy_) * s + (line_height * s - pixels) / 2));
    list_.AddText(font_of(style.strong), pixels, at, color, line.begin, line.end);
  }
}

void Painter::text_line(std::string_view text, float x, float middle_y, const TextStyle& style) {
  if (text.empty()) return;
  const float pixels = pixel_size(style.size);
  const float s = scale();
  const ImVec2 at(std::round((x + dx_) * s), std::round((middle_y + dy_) * s - pixels / 2));
  list_.AddText(font_of(style.strong), pixels, at, style.color == 0 ? theme().text : style.color,
                text.data(), text.data() + text.size());
}

void Painter::text_centered(std::string_view text, float center_x, float middle_y,
                            const TextStyle& style) {
  const float width = text_width(text, style.size, style.strong);
  text_line(text, center_x - width / 2, middle_y, style);
}

void Painter::push_clip(const Rect& box) {
  const float s = scale();
  list_.PushClipRect({(box.x + dx_) * s, (box.y + dy_) * s},
                     {(box.right() + dx_) * s, (box.bottom() + dy_) * s}, true);
}

void Painter::pop_clip() { list_.PopClipRect(); }

}  // namespace yuanyue::web::ui::detail
