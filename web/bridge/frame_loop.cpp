// One picture: the events are handed out, the page is laid out until it is settled, drawn once, and
// its semantics are sent. The shell (web/shell/frames.ts) decides when.
#include "web/bridge/frame_loop.h"

#include <algorithm>
#include <cfloat>
#include <utility>

#include <emscripten.h>
#include <imgui.h>

#include "web/bridge/fonts_setup.h"
#include "web/bridge/host.h"
#include "web/bridge/platform.h"
#include "web/bridge/renderer.h"
#include "web/bridge/semantics.h"
#include "web/bridge/semantics_frame.h"
#include "web/bridge/viewport.h"

namespace yuanyue::web {
namespace {

// More presses than this between two pictures wait for the next one.
constexpr int passes_max = 8;

std::function<void()> draw_page;
platform::FrameStatistics statistics;
bool unsettled = true;
bool in_frame = false;
double last_frame_ms = 0;

void tell_imgui_the_viewport(double now_ms) {
  ImGuiIO& io = ImGui::GetIO();
  const bridge::Surface& surface = bridge::surface();
  const float ratio = platform::viewport().pixel_ratio;
  // Exactly the pixel ratio, for glyphs are kept by it; the sliver makes whole pixels after
  // rounding.
  io.DisplayFramebufferScale = ImVec2(ratio, ratio);
  fonts::set_density(ratio);
  io.DisplaySize = ImVec2((static_cast<float>(surface.width_pixels) + 0.01f) / ratio,
                          (static_cast<float>(surface.height_pixels) + 0.01f) / ratio);
  const double passed_ms = std::clamp(now_ms - last_frame_ms, 0.1, 100.0);
  io.DeltaTime = static_cast<float>(passed_ms / 1000);
  last_frame_ms = now_ms;
  if (surface.pointer_present)
    io.AddMousePosEvent(surface.pointer_x, surface.pointer_y);
  else
    io.AddMousePosEvent(-FLT_MAX, -FLT_MAX);
}

void lay_out_once() {
  ImGui::NewFrame();
  semantics::begin_frame();
  draw_page();
}

void lay_out_until_settled(double now_ms) {
  tell_imgui_the_viewport(now_ms);
  for (int pass = 0; pass < passes_max; ++pass) {
    const bool again = std::exchange(unsettled, false) || semantics::events_waiting();
    lay_out_once();
    if (!again || pass + 1 == passes_max) return;
    semantics::abandon_frame();
    ImGui::EndFrame();
    ImGui::GetIO().DeltaTime = 0.0001f;
  }
}

}  // namespace

namespace bridge {

void changed_outside_frame() {
  unsettled = true;
  yuanyue_host_request_frame();
}

}  // namespace bridge

namespace platform {

void changed() { bridge::changed_outside_frame(); }

void request_frame() {
  // Data that came outside a frame may need a second layout; an animation does not.
  if (!in_frame) unsettled = true;
  yuanyue_host_request_frame();
}

void request_frame_in(double delay_ms) { yuanyue_host_request_frame_in(std::max(0.0, delay_ms)); }

const FrameStatistics& frame_statistics() { return statistics; }

void run(std::function<void()> frame) {
  draw_page = std::move(frame);
  IMGUI_CHECKVERSION();
  ImGui::CreateContext();
  ImGuiIO& io = ImGui::GetIO();
  io.IniFilename = nullptr;
  io.LogFilename = nullptr;
  io.ConfigFlags |= ImGuiConfigFlags_NoMouseCursorChange;
  io.ConfigInputTrickleEventQueue = false;
  fonts::start();
  if (!renderer::start()) return yuanyue_host_failed();
  yuanyue_host_ready();
}

}  // namespace platform
}  // namespace yuanyue::web

// --- called by the shell
// --------------------------------------------------------------------------

using namespace yuanyue::web;

extern "C" {

EMSCRIPTEN_KEEPALIVE void yuanyue_frame() {
  in_frame = true;
  const double start_ms = yuanyue_host_monotonic_ms();
  lay_out_until_settled(start_ms);
  ImGui::Render();
  renderer::draw(bridge::surface().background);
  semantics::end_frame();
  bridge::send_page_height();
  in_frame = false;
  if (semantics::events_waiting()) yuanyue_host_request_frame();
}

// The shell times the whole frame, its own work included.
EMSCRIPTEN_KEEPALIVE void yuanyue_frame_took(double cpu_ms) {
  ++statistics.frames;
  statistics.last_ms = cpu_ms;
  statistics.worst_ms = std::max(statistics.worst_ms, cpu_ms);
}

EMSCRIPTEN_KEEPALIVE void yuanyue_context_restored() {
  renderer::restore();
  bridge::changed_outside_frame();
}

}  // extern "C"
