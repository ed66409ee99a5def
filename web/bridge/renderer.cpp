#include "web/bridge/renderer.h"

#include <cmath>

#include <GLES3/gl3.h>
#include <backends/imgui_impl_opengl3.h>
#include <emscripten/html5.h>
#include <imgui.h>

namespace yuanyue::web::renderer {
namespace {

// Glyph bitmaps are whole device pixels; drawn between two pixels they would blur, which fractional
// advances and pixel ratios such as 1.25 cause. Only glyphs use texture coordinates other than the
// white pixel's, because baked lines are off.
void snap_glyphs_to_device_pixels(const ImDrawData& data) {
  const ImVec2 white = ImGui::GetIO().Fonts->TexUvWhitePixel;
  const float ratio = data.FramebufferScale.x;
  for (ImDrawList* list : data.CmdLists) {
    for (ImDrawVert& vertex : list->VtxBuffer) {
      if (vertex.uv.x == white.x && vertex.uv.y == white.y) continue;
      vertex.pos.x = std::floor(vertex.pos.x * ratio + 0.501f) / ratio;
      vertex.pos.y = std::floor(vertex.pos.y * ratio + 0.501f) / ratio;
    }
  }
}

float channel(std::uint32_t color, unsigned shift) {
  return static_cast<float>((color >> shift) & 0xffu) / 255.0f;
}

}  // namespace

bool start() {
  EmscriptenWebGLContextAttributes attributes;
  emscripten_webgl_init_context_attributes(&attributes);
  attributes.majorVersion = 2;
  attributes.alpha = false;
  attributes.depth = false;
  attributes.stencil = false;
  attributes.antialias = false;  // Dear ImGui smooths its own edges
  attributes.powerPreference = EM_WEBGL_POWER_PREFERENCE_LOW_POWER;
  const EMSCRIPTEN_WEBGL_CONTEXT_HANDLE context =
      emscripten_webgl_create_context("#canvas", &attributes);
  if (context <= 0) return false;
  emscripten_webgl_make_context_current(context);
  return ImGui_ImplOpenGL3_Init("#version 300 es");
}

void begin() { ImGui_ImplOpenGL3_NewFrame(); }

void draw(std::uint32_t background) {
  ImDrawData* data = ImGui::GetDrawData();
  glDisable(GL_SCISSOR_TEST);
  glClearColor(channel(background, 16), channel(background, 8), channel(background, 0), 1);
  glClear(GL_COLOR_BUFFER_BIT);
  if (data == nullptr) return;
  snap_glyphs_to_device_pixels(*data);
  ImGui_ImplOpenGL3_RenderDrawData(data);
}

void restore() { ImGui_ImplOpenGL3_DestroyDeviceObjects(); }

}  // namespace yuanyue::web::renderer
