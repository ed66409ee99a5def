// The browser's own fonts in Dear ImGui: glyphs are drawn by Canvas 2D the first time they are
// needed.
//
// Use: ImGui::PushFont(fonts::regular(), size) with any size in CSS pixels. The box of a line is as
// high as the font size and is the em box of a Chinese character; digits all have the same width.
// Main thread only; valid once platform::run has begun, which is before the first frame.
#pragma once

struct ImFont;

namespace yuanyue::web::fonts {

ImFont* regular();   // weight 400
ImFont* semibold();  // weight 600

}  // namespace yuanyue::web::fonts
