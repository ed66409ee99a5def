// Internal to web/bridge.
#pragma once

namespace yuanyue::web::fonts {

// Adds the fonts to Dear ImGui's atlas; before the first frame.
void start();

}  // namespace yuanyue::web::fonts
