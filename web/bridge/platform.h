// What the page asks of its browser, and the frame loop. Main thread only.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

namespace yuanyue::web::platform {

struct Viewport {
  float width = 0, height = 0;  // CSS pixels
  float pixel_ratio = 1;
  float scroll_y = 0;                   // page scroll, CSS pixels; the browser scrolls natively
  float safe_top = 0, safe_bottom = 0;  // phone notches
};

enum class ColorScheme : std::uint8_t { light, dark };

struct Preferences {
  ColorScheme scheme = ColorScheme::light;
  bool high_contrast = false;  // prefers-contrast: more or forced-colors
  bool reduced_motion = false;
  bool coarse_pointer = false;  // touch
  float text_scale = 1;         // the browser's default font size relative to 16 px
  std::string language;         // navigator.language
};

const Viewport& viewport();
const Preferences& preferences();

// The content's height in CSS pixels, told once a frame; the shell sizes the scroll area by it.
void set_page_height(float height);
void scroll_to(float y);
// 0xRRGGBB behind everything: the canvas, the overscroll area, a phone's browser bars. It also
// tells the browser which scheme its own parts (scroll bar, pickers, autofill) are to have.
void set_background(std::uint32_t color, ColorScheme scheme);

// A frame is drawn only when asked for: input, resize, scroll, data or a timer. Cheap, idempotent.
// Asked for from inside a frame it means animation: the next one comes with the next refresh.
void request_frame();
// The same, when something that is shown was changed outside a frame.
void changed();
// Draws again no later than this many milliseconds from now (countdowns); the nearest wins.
void request_frame_in(double delay_ms);

// Milliseconds since 1970 of this device's clock, and a monotonic one.
std::int64_t device_now_ms();
double monotonic_ms();
// n bytes of crypto.getRandomValues.
void random_bytes(void* out, std::size_t n);

// Hash routes: "#/bookings/ABC" is "/bookings/ABC". navigate pushes history, replace does not.
const std::string& route();
void navigate(std::string_view route);
void replace_route(std::string_view route);
void back();
void set_title(std::string_view title);
void set_language(std::string_view bcp47);

// Small settings kept in localStorage (theme, language); never personal data.
std::string setting(std::string_view key);
void set_setting(std::string_view key, std::string_view value);
// Called when another tab may have changed them: also after this page has slept.
void listen_to_settings(std::function<void()> changed);

// Where http_get finds what scripts/lib/bundle.mjs serves to the page, such as "i18n/zh-CN.json";
// its address changes with its content. Empty: there is no such file.
std::string asset_path(std::string_view name);

void copy_to_clipboard(std::string_view text);
void print_page();
// With the newest version of the page, where there is one.
void reload_page();
// At once, as it is: nothing of what this page had in memory is left.
void reload_page_now();
// A newer version of the page is here and waits for reload_page().
bool update_ready();

// HTTP to our own origin. The callback runs on the main thread before a frame. status 0: no answer
// (offline, timeout, aborted). Always sends same-origin credentials and the CSRF header set below.
struct HttpResponse {
  int status = 0;
  std::string body;
  std::int64_t retry_after_ms = 0;  // from Retry-After, 0 if absent
};
using HttpCallback = std::function<void(const HttpResponse&)>;
// Whether the page is drawn again after a callback. Those that come without end, such as a long
// poll without news, leave it to the callback to say changed().
enum class Redraw : std::uint8_t { always, if_changed };
std::uint32_t http_get(std::string_view path, std::int64_t timeout_ms, HttpCallback done,
                       Redraw redraw = Redraw::always);
std::uint32_t http_post(std::string_view path, std::string_view json_body, std::int64_t timeout_ms,
                        HttpCallback done, Redraw redraw = Redraw::always);
std::uint32_t http_delete(std::string_view path, std::int64_t timeout_ms, HttpCallback done);
void http_abort(std::uint32_t request);
void set_csrf_token(std::string_view token);
bool online();  // navigator.onLine, a hint only

// One-shot timer on the main thread; returns an id for cancel_timer.
std::uint32_t set_timer(std::int64_t delay_ms, std::function<void()> fire,
                        Redraw redraw = Redraw::always);
void cancel_timer(std::uint32_t id);

// Starts the loop: set-up is done, `frame` draws one frame inside ImGui::NewFrame/Render and the
// semantics frame. Called by the application's main(). After input `frame` is called at least twice
// for one picture: first with the events, then without, so that what is shown is settled.
void run(std::function<void()> frame);
// Tests and scripts/bench read these: frames drawn, CPU milliseconds of the last and the worst
// frame.
struct FrameStatistics {
  std::uint64_t frames = 0;
  double last_ms = 0, worst_ms = 0;
};
const FrameStatistics& frame_statistics();

}  // namespace yuanyue::web::platform
