// What the shell last said about the window and the pointer. Internal to web/bridge.
#pragma once

#include <cstdint>

namespace yuanyue::web::bridge {

struct Surface {
  int width_pixels = 0, height_pixels = 0;  // the canvas, device pixels
  float pointer_x = 0, pointer_y = 0;       // CSS pixels of the viewport
  bool pointer_present = false;
  std::uint32_t background = 0xf5f7f6;
};
const Surface& surface();

// Tells the shell the page's height if it is another one than last time.
void send_page_height();

}  // namespace yuanyue::web::bridge
