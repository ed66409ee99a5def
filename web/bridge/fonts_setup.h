// Internal to web/bridge.
#pragma once

namespace yuanyue::web::fonts {

// Adds the fonts to Dear ImGui's atlas; before the first frame.
void start();
// Before each frame. Dear ImGui itself does it only for fonts that are pushed, but text is also
// drawn with a font given directly.
void set_density(float device_pixels_per_pixel);

}  // namespace yuanyue::web::fonts
