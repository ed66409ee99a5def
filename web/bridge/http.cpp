// Requests and timers that are under way, and their callbacks.
#include <algorithm>
#include <utility>
#include <vector>

#include <emscripten.h>

#include "web/bridge/frame_loop.h"
#include "web/bridge/host.h"
#include "web/bridge/platform.h"

namespace yuanyue::web::platform {
namespace {

struct Request {
  std::uint32_t id;
  HttpCallback done;
  Redraw redraw;
};
struct Timer {
  std::uint32_t id;
  std::function<void()> fire;
  Redraw redraw;
};

std::vector<Request> requests;
std::vector<Timer> timers;
std::uint32_t last_id = 0;

// Takes the entry out, so that its callback may start or cancel others.
template <class Entry>
bool take(std::vector<Entry>& entries, std::uint32_t id, Entry& out) {
  const auto found = std::find_if(entries.begin(), entries.end(),
                                  [id](const Entry& entry) { return entry.id == id; });
  if (found == entries.end()) return false;
  out = std::move(*found);
  entries.erase(found);
  return true;
}

std::uint32_t start_request(bridge::HttpMethod method, std::string_view path, std::string_view body,
                            std::int64_t timeout_ms, HttpCallback done, Redraw redraw) {
  const std::uint32_t id = ++last_id;
  requests.push_back({id, std::move(done), redraw});
  yuanyue_host_http(id, static_cast<int>(method), path.data(), path.size(), body.data(),
                    body.size(), static_cast<double>(timeout_ms));
  return id;
}

}  // namespace

std::uint32_t http_get(std::string_view path, std::int64_t timeout_ms, HttpCallback done,
                       Redraw redraw) {
  return start_request(bridge::HttpMethod::get, path, {}, timeout_ms, std::move(done), redraw);
}

std::uint32_t http_post(std::string_view path, std::string_view json_body, std::int64_t timeout_ms,
                        HttpCallback done, Redraw redraw) {
  return start_request(bridge::HttpMethod::post, path, json_body, timeout_ms, std::move(done),
                       redraw);
}

std::uint32_t http_delete(std::string_view path, std::int64_t timeout_ms, HttpCallback done) {
  return start_request(bridge::HttpMethod::delete_, path, {}, timeout_ms, std::move(done),
                       Redraw::always);
}

void http_abort(std::uint32_t request) { yuanyue_host_http_abort(request); }

void set_csrf_token(std::string_view token) {
  yuanyue_host_set_csrf_token(token.data(), token.size());
}

std::uint32_t set_timer(std::int64_t delay_ms, std::function<void()> fire, Redraw redraw) {
  const std::uint32_t id = ++last_id;
  timers.push_back({id, std::move(fire), redraw});
  yuanyue_host_set_timer(id, static_cast<double>(std::max<std::int64_t>(0, delay_ms)));
  return id;
}

void cancel_timer(std::uint32_t id) {
  Timer gone;
  if (take(timers, id, gone)) yuanyue_host_cancel_timer(id);
}

}  // namespace yuanyue::web::platform

// --- called by the shell
// --------------------------------------------------------------------------

using namespace yuanyue::web;

extern "C" {

EMSCRIPTEN_KEEPALIVE void yuanyue_http_done(std::uint32_t id, int status, double retry_after_ms) {
  platform::Request request;
  if (!platform::take(platform::requests, id, request)) return;
  platform::HttpResponse response;
  response.status = status;
  response.body = bridge::scratch();
  response.retry_after_ms = static_cast<std::int64_t>(retry_after_ms);
  if (request.done) request.done(response);
  if (request.redraw == platform::Redraw::always) bridge::changed_outside_frame();
}

EMSCRIPTEN_KEEPALIVE void yuanyue_timer_fired(std::uint32_t id) {
  platform::Timer timer;
  if (!platform::take(platform::timers, id, timer)) return;
  if (timer.fire) timer.fire();
  if (timer.redraw == platform::Redraw::always) bridge::changed_outside_frame();
}

}  // extern "C"
