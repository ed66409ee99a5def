#include <nlohmann/json.hpp>

#include "backend/http/openapi.h"
#include "backend/http/routes.h"
#include "core/wire/json.h"

namespace yuanyue {

namespace {

using nlohmann::json;
using wire::ErrorCode;

constexpr std::size_t max_clock_body_bytes = 1'024;

std::string time_json(Instant now) {
  return json{{"now", to_string(now)}, {"server_now", now.ms}}.dump();
}

Reply ready(const AppServices& services) {
  const auto head = services.store.reader()->head();
  const EngineHealth health = services.engine.health();
  const ClockStatus clock = services.clock.status();
  std::string reason;
  if (!health.healthy) reason = name_of(health.fault);
  if (!head) reason = name_of(head.error().fault);
  if (services.stopping) reason = "stopping";
  json body = {{"ready", reason.empty()},
               {"clock", name_of(clock.state)},
               {"clock_ahead_ms", clock.ahead_ms}};
  if (!reason.empty()) body["reason"] = reason;
  Reply reply = json_reply(body.dump());
  if (!reason.empty()) {
    reply.status = 503;
    reply.headers.emplace_back("Retry-After", "1");
  }
  return reply;
}

// No ErrorBody code: the page never calls this route.
Reply dev_clock_disabled() {
  Reply reply = json_reply(json{{"code", "dev_clock_disabled"},
                                {"message",
                                 "The clock can be moved only when the server was started"
                                 " with --now."}}
                               .dump());
  reply.status = 403;
  return reply;
}

Reply move_clock(const AppServices& services, const Call& call) {
  if (!services.clock.may_be_moved()) return dev_clock_disabled();
  const auto body = wire::JsonDocument::parse(call.request.body);
  const auto now = body ? body->root().find("now") : std::nullopt;
  if (!now || !now->string() || body->root().size() != 1) {
    return error_reply(ErrorCode::malformed,
                       "The body is {\"now\": \"2026-11-23T09:00:00+08:00\"}.");
  }
  const auto to = parse_instant(*now->string());
  if (!to) return error_reply(ErrorCode::malformed, "It is no instant.", "now");
  auto answer = services.engine.advance_clock(*to);
  if (!answer) return error_reply(ErrorCode::unavailable, {}, {}, 1'000);
  if (!answer->get()) {
    return error_reply(ErrorCode::malformed, "The clock only goes forward.", "now");
  }
  return json_reply(time_json(services.clock.now()));
}

}  // namespace

std::vector<Route> system_routes(AppServices services) {
  std::vector<Route> routes = {
      {.method = Method::get,
       .path = "/healthz",
       .summary = "The process answers",
       .response_schema = "Health",
       .handle = [](const Call&) { return json_reply("{\"ok\":true}"); }},
      {.method = Method::get,
       .path = "/readyz",
       .summary = "The store answers and commits; 503 otherwise",
       .errors = {ErrorCode::unavailable},
       .response_schema = "Ready",
       .handle = [services](const Call&) { return ready(services); }},
      {.method = Method::get,
       .path = "/api/v1/time",
       .summary = "The server's clock",
       .response_schema = "Time",
       .handle = [services](const Call&) { return json_reply(time_json(services.clock.now())); }},
      {.method = Method::post,
       .path = "/api/v1/dev/clock",
       .summary = "Move the clock forward; only when the server was started with --now",
       .lane = Lane::slow,
       .max_body_bytes = max_clock_body_bytes,
       .errors = {ErrorCode::malformed, ErrorCode::forbidden, ErrorCode::too_large,
                  ErrorCode::unsupported_media_type, ErrorCode::unavailable},
       .request_schema = "ClockRequest",
       .response_schema = "Time",
       .handle = [services](const Call& call) { return move_clock(services, call); }},
  };
  if (services.options.bench_routes) {
    routes.push_back({.method = Method::post,
                      .path = "/api/v1/bench/empty",
                      .summary = "Does nothing, with a session: what the benchmarks compare with",
                      .access = Access::session,
                      .max_body_bytes = wire::max_push_bytes,
                      .errors = {ErrorCode::unauthenticated, ErrorCode::csrf},
                      .request_schema = "Empty",
                      .response_schema = "Empty",
                      .handle = [](const Call&) { return json_reply("{}"); }});
  }
  return routes;
}

std::vector<Route> all_routes(const AppServices& services) {
  std::vector<Route> routes = session_routes(services);
  for (auto&& more : {sync_routes(services), history_routes(services), system_routes(services),
                      security_routes(services)}) {
    routes.insert(routes.end(), more.begin(), more.end());
  }
  routes.push_back({.method = Method::get,
                    .path = "/api/v1/openapi.json",
                    .summary = "This document",
                    .response_schema = "OpenApi"});
  routes.back().handle = [document = openapi_document(routes)](const Call&) {
    return json_reply(document);
  };
  return routes;
}

}  // namespace yuanyue
