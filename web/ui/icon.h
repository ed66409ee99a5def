// Icons, drawn as vector strokes on a 24 × 24 grid.
#pragma once

#include <cstdint>
#include <string_view>

#include "web/ui/core.h"
#include "web/ui/theme.h"

namespace yuanyue::web::ui {

enum class Icon : std::uint8_t {
  none,
  arrow_right,
  back,
  bell,
  building,
  calendar,
  check,
  chevron_down,
  chevron_left,
  chevron_right,
  chevron_up,
  clock,
  contrast,
  cross,
  danger,
  document,
  download,
  eye,
  eye_off,
  filter,
  globe,
  home,
  hourglass,
  info,
  list,
  lock,
  logout,
  menu,
  minus,
  moon,
  offline,
  phone,
  pin,
  plus,
  printer,
  queue,
  refresh,
  search,
  settings,
  success,
  sun,
  swap,
  sync,
  ticket,
  undo,
  user,
  warning,
};

struct IconOptions {
  Icon icon = Icon::none;
  float size = 20;
  Tone tone = Tone::neutral;   // neutral: the colour of the text around it
  std::string_view name = {};  // accessible name; empty: decoration, not announced
};
void icon(const IconOptions& options);

// The icon that goes with a tone: info, success, warning, danger.
Icon tone_icon(Tone tone);

}  // namespace yuanyue::web::ui
