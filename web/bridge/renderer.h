// Dear ImGui on WebGL 2: the context of the page's canvas, and one picture. Internal to web/bridge.
#pragma once

#include <cstdint>

namespace yuanyue::web::renderer {

// Takes the context of the canvas with the id "canvas" and sets Dear ImGui up for it.
// False: this browser has no WebGL 2 after all.
bool start();
// Draws what ImGui::Render left; `background` is 0xRRGGBB.
void draw(std::uint32_t background);
// The context came back after a loss: everything in it is made anew with the next picture.
void restore();

}  // namespace yuanyue::web::renderer
