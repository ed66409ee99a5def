#include "web/bridge/viewport.h"

#include <cmath>

#include <emscripten.h>

#include "web/bridge/frame_loop.h"
#include "web/bridge/host.h"
#include "web/bridge/platform.h"

namespace yuanyue::web {
namespace {

platform::Viewport current_viewport;
platform::Preferences current_preferences;
bridge::Surface current_surface;
float page_height = 0, sent_page_height = -1;

}  // namespace

namespace bridge {

const Surface& surface() { return current_surface; }

void send_page_height() {
  if (page_height == sent_page_height) return;
  sent_page_height = page_height;
  yuanyue_host_set_page_height(page_height);
}

}  // namespace bridge

namespace platform {

const Viewport& viewport() { return current_viewport; }
const Preferences& preferences() { return current_preferences; }

void set_page_height(float height) { page_height = std::ceil(height); }
void scroll_to(float y) { yuanyue_host_scroll_to(y); }

void set_background(std::uint32_t color, ColorScheme scheme) {
  static bool said = false;
  static ColorScheme said_scheme = ColorScheme::light;
  if (said && color == current_surface.background && scheme == said_scheme) return;
  said = true;
  said_scheme = scheme;
  current_surface.background = color;
  yuanyue_host_set_background(color, scheme == ColorScheme::dark);
}

}  // namespace platform
}  // namespace yuanyue::web

// --- called by the shell
// --------------------------------------------------------------------------

using namespace yuanyue::web;

extern "C" {

EMSCRIPTEN_KEEPALIVE void yuanyue_viewport(float width, float height, float pixel_ratio,
                                           int width_pixels, int height_pixels, float safe_top,
                                           float safe_bottom) {
  current_viewport.width = width;
  current_viewport.height = height;
  current_viewport.pixel_ratio = pixel_ratio;
  current_viewport.safe_top = safe_top;
  current_viewport.safe_bottom = safe_bottom;
  current_surface.width_pixels = width_pixels;
  current_surface.height_pixels = height_pixels;
  bridge::changed_outside_frame();
}

// Just before each frame; scrolling alone needs no second layout.
EMSCRIPTEN_KEEPALIVE void yuanyue_scroll(float y) { current_viewport.scroll_y = y; }

EMSCRIPTEN_KEEPALIVE void yuanyue_pointer(float x, float y, bool present) {
  current_surface.pointer_x = x;
  current_surface.pointer_y = y;
  current_surface.pointer_present = present;
}

EMSCRIPTEN_KEEPALIVE void yuanyue_preferences(bool dark, bool high_contrast, bool reduced_motion,
                                              bool coarse_pointer, float text_scale) {
  using platform::ColorScheme;
  current_preferences.scheme = dark ? ColorScheme::dark : ColorScheme::light;
  current_preferences.high_contrast = high_contrast;
  current_preferences.reduced_motion = reduced_motion;
  current_preferences.coarse_pointer = coarse_pointer;
  current_preferences.text_scale = text_scale;
  current_preferences.language = bridge::scratch();
  bridge::changed_outside_frame();
}

}  // extern "C"
