#include "web/bridge/host.h"

#include <string>

#include <emscripten.h>

// EM_JS expands to code with `$` and unused parameters; that is not ours to change.
#pragma clang diagnostic ignored "-Wdollar-in-identifier-extension"
#pragma clang diagnostic ignored "-Wundefined-internal"
#pragma clang diagnostic ignored "-Wmissing-variable-declarations"

// clang-format off
EM_JS(void, yuanyue_host_connect, (), { Module["host"].connect(Module, () => HEAPU8); })
EM_JS(void, yuanyue_host_failed, (), { Module["host"].failed(); })
EM_JS(void, yuanyue_host_ready, (), { Module["host"].ready(); })
EM_JS(void, yuanyue_host_request_frame, (), { Module["host"].requestFrame(); })
EM_JS(void, yuanyue_host_request_frame_in, (double delay_ms), { Module["host"].requestFrameIn(delay_ms); })

EM_JS(void, yuanyue_host_semantics, (const uint32_t* words, size_t word_count, bool force),
      { Module["host"].semantics(words, word_count, !!force); })
EM_JS(void, yuanyue_host_focus, (uint32_t node), { Module["host"].focus(node >>> 0); })
EM_JS(void, yuanyue_host_scroll_into_view, (uint32_t node), { Module["host"].scrollIntoView(node >>> 0); })
EM_JS(void, yuanyue_host_announce, (const char* text, size_t size, bool assertive),
      { Module["host"].announce(text, size, !!assertive); })

EM_JS(void, yuanyue_host_set_page_height, (float height), { Module["host"].setPageHeight(height); })
EM_JS(void, yuanyue_host_scroll_to, (float y), { Module["host"].scrollTo(y); })
EM_JS(void, yuanyue_host_set_background, (uint32_t color, bool dark),
      { Module["host"].setBackground(color >>> 0, !!dark); })

EM_JS(double, yuanyue_host_glyph, (uint32_t codepoint, int weight, double pixels, int32_t* box),
      { return Module["host"].glyph(codepoint, weight, pixels, box); })
EM_JS(void, yuanyue_host_glyph_pixels, (uint8_t* out), { Module["host"].glyphPixels(out); })

EM_JS(double, yuanyue_host_device_now_ms, (), { return Date.now(); })
EM_JS(double, yuanyue_host_monotonic_ms, (), { return performance.now(); })
EM_JS(void, yuanyue_host_random_bytes, (void* out, size_t size), { Module["host"].randomBytes(out, size); })

EM_JS(void, yuanyue_host_navigate, (const char* route, size_t size, bool replace),
      { Module["host"].navigate(route, size, !!replace); })
EM_JS(void, yuanyue_host_back, (), { Module["host"].back(); })
EM_JS(void, yuanyue_host_set_title, (const char* text, size_t size), { Module["host"].setTitle(text, size); })
EM_JS(void, yuanyue_host_set_language, (const char* text, size_t size), { Module["host"].setLanguage(text, size); })

EM_JS(void, yuanyue_host_setting, (const char* key, size_t size), { Module["host"].setting(key, size); })
EM_JS(void, yuanyue_host_set_setting,
      (const char* key, size_t key_size, const char* value, size_t value_size),
      { Module["host"].setSetting(key, key_size, value, value_size); })

EM_JS(void, yuanyue_host_asset_path, (const char* name, size_t size), { Module["host"].assetPath(name, size); })

EM_JS(void, yuanyue_host_copy, (const char* text, size_t size), { Module["host"].copy(text, size); })
EM_JS(void, yuanyue_host_print, (), { Module["host"].print(); })
EM_JS(void, yuanyue_host_reload, (), { Module["host"].reload(); })
EM_JS(void, yuanyue_host_reload_now, (), { Module["host"].reloadNow(); })

EM_JS(void, yuanyue_host_http,
      (uint32_t request, int method, const char* path, size_t path_size, const char* body,
       size_t body_size, double timeout_ms),
      { Module["host"].http(request >>> 0, method, path, path_size, body, body_size, timeout_ms); })
EM_JS(void, yuanyue_host_http_abort, (uint32_t request), { Module["host"].httpAbort(request >>> 0); })
EM_JS(void, yuanyue_host_set_csrf_token, (const char* token, size_t size),
      { Module["host"].setCsrfToken(token, size); })
EM_JS(bool, yuanyue_host_online, (), { return Module["host"].online(); })

EM_JS(void, yuanyue_host_replica_start, (), { Module["host"].replicaStart(); })
EM_JS(void, yuanyue_host_replica_write, (double ticket, const char* lines, size_t size),
      { Module["host"].replicaWrite(ticket, lines, size); })
EM_JS(void, yuanyue_host_replica_wipe, (const char* lines, size_t size),
      { Module["host"].replicaWipe(lines, size); })
EM_JS(void, yuanyue_host_tab_send, (const char* to, size_t to_size, const char* text, size_t size),
      { Module["host"].tabSend(to, to_size, text, size); })

EM_JS(void, yuanyue_host_set_timer, (uint32_t timer, double delay_ms),
      { Module["host"].setTimer(timer >>> 0, delay_ms); })
EM_JS(void, yuanyue_host_cancel_timer, (uint32_t timer), { Module["host"].cancelTimer(timer >>> 0); })
// clang-format on

namespace yuanyue::web::bridge {
namespace {
std::string scratch_bytes;

// Before main(), so that the application may read settings and the route as it starts.
[[maybe_unused]] const bool connected = (yuanyue_host_connect(), true);
}  // namespace

std::string_view scratch() { return scratch_bytes; }

}  // namespace yuanyue::web::bridge

// The shell asks for room, writes its UTF-8 there and then calls the function that reads it.
extern "C" EMSCRIPTEN_KEEPALIVE char* yuanyue_scratch(std::size_t size) {
  yuanyue::web::bridge::scratch_bytes.resize(size);
  return yuanyue::web::bridge::scratch_bytes.data();
}
