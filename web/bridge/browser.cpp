// Routes, clocks, settings, clipboard and the like: thin, each one call to the shell.
#include <functional>
#include <utility>

#include <emscripten.h>

#include "web/bridge/frame_loop.h"
#include "web/bridge/host.h"
#include "web/bridge/platform.h"

namespace yuanyue::web::platform {
namespace {

bool newer_page = false;
std::function<void()> settings_changed;
std::string current_route = "/";
std::string said_title, said_language;

}  // namespace

std::int64_t device_now_ms() { return static_cast<std::int64_t>(yuanyue_host_device_now_ms()); }
double monotonic_ms() { return yuanyue_host_monotonic_ms(); }
void random_bytes(void* out, std::size_t n) { yuanyue_host_random_bytes(out, n); }

const std::string& route() { return current_route; }

void navigate(std::string_view route) { yuanyue_host_navigate(route.data(), route.size(), false); }

void replace_route(std::string_view route) {
  yuanyue_host_navigate(route.data(), route.size(), true);
}

void back() { yuanyue_host_back(); }

void set_title(std::string_view title) {
  if (title == said_title) return;
  said_title = title;
  yuanyue_host_set_title(title.data(), title.size());
}

void set_language(std::string_view bcp47) {
  if (bcp47 == said_language) return;
  said_language = bcp47;
  yuanyue_host_set_language(bcp47.data(), bcp47.size());
}

std::string setting(std::string_view key) {
  yuanyue_host_setting(key.data(), key.size());
  return std::string(bridge::scratch());
}

void set_setting(std::string_view key, std::string_view value) {
  yuanyue_host_set_setting(key.data(), key.size(), value.data(), value.size());
}

void listen_to_settings(std::function<void()> changed) { settings_changed = std::move(changed); }

std::string asset_path(std::string_view name) {
  yuanyue_host_asset_path(name.data(), name.size());
  return std::string(bridge::scratch());
}

void copy_to_clipboard(std::string_view text) { yuanyue_host_copy(text.data(), text.size()); }
void print_page() { yuanyue_host_print(); }
void reload_page() { yuanyue_host_reload(); }
void reload_page_now() { yuanyue_host_reload_now(); }
bool update_ready() { return newer_page; }

bool online() { return yuanyue_host_online(); }

}  // namespace yuanyue::web::platform

// --- called by the shell
// --------------------------------------------------------------------------

extern "C" EMSCRIPTEN_KEEPALIVE void yuanyue_update_ready() {
  using namespace yuanyue::web;
  platform::newer_page = true;
  bridge::changed_outside_frame();
}

extern "C" EMSCRIPTEN_KEEPALIVE void yuanyue_settings_changed() {
  using namespace yuanyue::web;
  if (platform::settings_changed) platform::settings_changed();
  bridge::changed_outside_frame();
}

extern "C" EMSCRIPTEN_KEEPALIVE void yuanyue_route() {
  using namespace yuanyue::web;
  platform::current_route = bridge::scratch();
  bridge::changed_outside_frame();
}
