// Colours, type sizes and spacing. Views name a meaning ("secondary text"), never a colour value.
#pragma once

#include <cstdint>

#include "web/ui/core.h"

namespace yuanyue::web::ui {

enum class ThemeName : std::uint8_t {
  automatic,  // follows the system: light or dark, high contrast if the system asks for it
  light,
  dark,
  high_contrast,
};
void set_theme(ThemeName name);
ThemeName theme_choice();  // as set
ThemeName theme_in_use();  // never `automatic`

// 0xAABBGGRR, the byte order of the draw list. Transparent is 0.
using Color = std::uint32_t;

struct ToneColors {
  Color strong;  // icon and text on `soft` or on a surface, at least 4.5:1 on both
  Color soft;    // background of badges and banners
  Color border;
  Color fill;     // solid background
  Color on_fill;  // text on `fill`, at least 4.5:1
};

struct Theme {
  Color background, surface, raised;
  Color border, strong_border;
  Color text, secondary_text, disabled_text;
  Color primary, primary_hover, primary_pressed, on_primary, primary_soft;
  Color hover, pressed;  // laid over a surface
  Color focus;           // ring
  Color scrim;           // behind a dialog
  Color skeleton;
  ToneColors neutral, info, success, warning, danger;
  float border_width;  // 1, or 2 in high contrast
  bool dark;
};
const Theme& theme();
const ToneColors& tone_colors(Tone tone);

constexpr Color rgb(std::uint32_t hex) {
  return 0xff000000U | ((hex & 0xffU) << 16U) | (hex & 0xff00U) | ((hex >> 16U) & 0xffU);
}
constexpr Color with_alpha(Color color, std::uint32_t alpha) {
  return (color & 0x00ffffffU) | (alpha << 24U);
}
constexpr std::uint32_t to_hex(Color color) {
  return ((color & 0xffU) << 16U) | (color & 0xff00U) | ((color >> 16U) & 0xffU);
}

// Type scale in layout pixels: 13 15 17 20 26 34 (body 16 on phones).
enum class TextSize : std::uint8_t { small, body, large, title, display, hero };
float text_size(TextSize size);
float control_height();  // 36, 44, or 45 (72 CSS pixels on a kiosk)

inline constexpr float control_radius = 6;
inline constexpr float card_radius = 10;
inline constexpr float content_width_max = 1080;
inline constexpr float narrow_width_below = 720;

}  // namespace yuanyue::web::ui
