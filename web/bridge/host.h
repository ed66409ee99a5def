// What the browser's side (web/shell) does for C++: one function each, implemented in TypeScript as
// a property of the `host` object that is given to the module. Strings are UTF-8 in module memory,
// valid during the call. Internal to web/bridge.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

extern "C" {

// Connects the shell to the module and its memory; first of all calls, made before main().
void yuanyue_host_connect();
// This browser cannot draw the page: the shell says so.
void yuanyue_host_failed();
// The loop may start: the page is set up.
void yuanyue_host_ready();
void yuanyue_host_request_frame();
void yuanyue_host_request_frame_in(double delay_ms);

// A new semantics tree lies at `bytes` until the next one; it is read after the frame.
void yuanyue_host_semantics(const std::uint32_t* words, std::size_t word_count, bool force);
void yuanyue_host_focus(std::uint32_t node);
void yuanyue_host_scroll_into_view(std::uint32_t node);
void yuanyue_host_announce(const char* text, std::size_t size, bool assertive);

void yuanyue_host_set_page_height(float height);
void yuanyue_host_scroll_to(float y);
void yuanyue_host_set_background(std::uint32_t color, bool dark);

// Font metrics and glyphs at `pixels` device pixels per em. glyph() writes {left, top, width,
// height} in device pixels from the baseline's origin, y down, and returns the advance in device
// pixels; pixels() then copies that glyph's coverage, one byte each.
double yuanyue_host_glyph(std::uint32_t codepoint, int weight, double pixels, std::int32_t* box);
void yuanyue_host_glyph_pixels(std::uint8_t* out);

double yuanyue_host_device_now_ms();
double yuanyue_host_monotonic_ms();
void yuanyue_host_random_bytes(void* out, std::size_t size);

void yuanyue_host_navigate(const char* route, std::size_t size, bool replace);
void yuanyue_host_back();
void yuanyue_host_set_title(const char* text, std::size_t size);
void yuanyue_host_set_language(const char* text, std::size_t size);

// Leaves the value in the scratch buffer.
void yuanyue_host_setting(const char* key, std::size_t size);
void yuanyue_host_set_setting(const char* key, std::size_t key_size, const char* value,
                              std::size_t value_size);

// Leaves the hashed address of a file below assets/ in the scratch buffer.
void yuanyue_host_asset_path(const char* name, std::size_t size);

void yuanyue_host_copy(const char* text, std::size_t size);
void yuanyue_host_print();
void yuanyue_host_reload();
void yuanyue_host_reload_now();

// `method` is a bridge::HttpMethod.
void yuanyue_host_http(std::uint32_t request, int method, const char* path, std::size_t path_size,
                       const char* body, std::size_t body_size, double timeout_ms);
void yuanyue_host_http_abort(std::uint32_t request);
void yuanyue_host_set_csrf_token(const char* token, std::size_t size);
bool yuanyue_host_online();

void yuanyue_host_replica_start();
// `lines`: core/sync/storage_text.h.
void yuanyue_host_replica_write(double ticket, const char* lines, std::size_t size);
void yuanyue_host_replica_wipe(const char* lines, std::size_t size);
void yuanyue_host_tab_send(const char* to, std::size_t to_size, const char* text, std::size_t size);

void yuanyue_host_set_timer(std::uint32_t timer, double delay_ms);
void yuanyue_host_cancel_timer(std::uint32_t timer);

}  // extern "C"

namespace yuanyue::web::bridge {

enum class HttpMethod : std::uint8_t { get, post, delete_ };

// The buffer through which the shell hands over strings; valid until the next string arrives.
std::string_view scratch();

}  // namespace yuanyue::web::bridge
