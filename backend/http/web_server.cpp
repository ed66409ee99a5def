#include "backend/http/web_server.h"

#include <algorithm>
#include <chrono>
#include <map>
#include <new>

#include "backend/connections/connection_loop.h"
#include "backend/http/client_address.h"
#include "backend/http/compress.h"
#include "backend/http/conditions.h"
#include "backend/http/guards.h"
#include "backend/http/request_runner.h"
#include "backend/http/routes.h"
#include "backend/http/static_files.h"
#include "backend/log/log.h"

namespace yuanyue {

namespace {

using wire::ErrorCode;

constexpr std::size_t keep_alive_requests = 10'000;  // then the connection is closed
constexpr int keep_alive_seconds = 60;               // announced; the loop waits longer

const std::pair<const char*, const char*> security_headers[] = {
    {"Content-Security-Policy",
     "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' "
     "data:; "
     "font-src 'self'; connect-src 'self'; manifest-src 'self'; worker-src 'self'; base-uri "
     "'none'; "
     "form-action 'none'; frame-ancestors 'none'"},
    {"X-Content-Type-Options", "nosniff"},
    {"Referrer-Policy", "no-referrer"},
    {"Cross-Origin-Opener-Policy", "same-origin"},
    {"Cross-Origin-Resource-Policy", "same-origin"},
    {"Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()"},
};

// Refusals that no route has made, in the words of the API.
ErrorCode code_of_status(int status) {
  switch (status) {
    case 404:
      return ErrorCode::not_found;
    case 405:
    case 501:
      return ErrorCode::method_not_allowed;
    case 413:
    case 414:
    case 431:
      return ErrorCode::too_large;
    case 415:
      return ErrorCode::unsupported_media_type;
    case 503:
      return ErrorCode::unavailable;
    case 505:
      return ErrorCode::malformed;
    default:
      return status >= 500 ? ErrorCode::internal : ErrorCode::malformed;
  }
}

ConnectionLimits limits_of(const HttpOptions& options) {
  const auto share = [](std::size_t wanted, std::size_t all) {
    return wanted > 0 ? wanted : std::max<std::size_t>(64, all / 4);
  };
  ConnectionLimits limits;
  limits.connections = options.max_connections;
  limits.of_address = share(options.max_connections_per_address, options.max_connections);
  // Behind a proxy all connections have its address; clients are told apart by what it says.
  if (options.trusted_proxy) limits.of_address = limits.connections;
  limits.requests_of_connection = keep_alive_requests;
  limits.workers = options.workers;
  limits.waiting_requests = options.max_waiting_requests;
  limits.request.body_bytes = wire::max_push_bytes;
  limits.held.all = options.max_long_polls;
  limits.held.of_user = options.max_long_polls_per_user;
  limits.held.of_address = share(options.max_long_polls_per_address, options.max_long_polls);
  return limits;
}

}  // namespace

class WebServer::Impl : public RequestHandler {
 public:
  explicit Impl(AppServices services)
      : services_(services),
        routes_(all_routes(services)),
        files_(services.options.web_folder),
        loop_(*this, services.hub, limits_of(services.options)) {
    for (const Route& route : routes_) by_path_[route.path].push_back(&route);
    const auto dispatch = [this](const httplib::Request& request, httplib::Response& response) {
      serve(request, response);
    };
    library_.Get(".*", dispatch);
    library_.Post(".*", dispatch);
    library_.Put(".*", dispatch);
    library_.Patch(".*", dispatch);
    library_.Delete(".*", dispatch);
    library_.Options(".*", dispatch);
    library_.set_payload_max_length(wire::max_push_bytes);
    library_.set_keep_alive_max_count(keep_alive_requests);
    library_.set_keep_alive_timeout(keep_alive_seconds);
    library_.set_error_handler([](const httplib::Request&, httplib::Response& response) {
      explain_library_error(response);
    });
    library_.set_post_routing_handler(
        [this](const httplib::Request&, httplib::Response& response) { finish_headers(response); });
  }

  int bind() { return loop_.bind(services_.options.host, services_.options.port); }
  void run() { loop_.run(); }
  void stop() { loop_.stop(); }

  RequestAnswer run(const RequestJob& job, const Resume& resume) override {
    return library_.run_in_memory(job, resume);
  }

  Lane lane_of(std::string_view method, std::string_view target) const override {
    const std::string path(target.substr(0, target.find('?')));
    const auto found = by_path_.find(httplib::detail::decode_url(path, false));
    if (found == by_path_.end()) return Lane::quick;
    const auto route = std::ranges::find_if(
        found->second, [&](const Route* one) { return name_of(one->method) == method; });
    return route == found->second.end() ? Lane::quick : (*route)->lane;
  }

  std::string refusal(int status, std::string_view reason) const override {
    log_event(LogLevel::info, "refused", {{"status", status}, {"message", reason}});
    httplib::Response response;
    response.status = status;
    response.set_content(
        wire::encode(wire::ErrorBody{code_of_status(status), std::string(reason), {}}),
        "application/json");
    response.set_header("Connection", "close");
    response.set_header("Content-Length", std::to_string(response.body.size()));
    if (status == 503) response.set_header("Retry-After", "2");
    finish_headers(response);
    std::string text =
        "HTTP/1.1 " + std::to_string(status) + ' ' + httplib::status_message(status) + "\r\n";
    for (const auto& [name, value] : response.headers) {
      text.append(name).append(": ").append(value).append("\r\n");
    }
    return text + "\r\n" + response.body;
  }

 private:
  static void explain_library_error(httplib::Response& response) {
    if (!response.body.empty()) return;
    response.set_content(wire::encode(wire::ErrorBody{code_of_status(response.status), {}, {}}),
                         "application/json");
  }

  void finish_headers(httplib::Response& response) const {
    for (const auto& [name, value] : security_headers) response.set_header(name, value);
    if (!response.has_header("Cache-Control")) response.set_header("Cache-Control", "no-store");
    if (services_.options.secure_cookies) {
      response.set_header("Strict-Transport-Security", "max-age=31536000");
    }
    response.set_header("Date", http_date(std::chrono::system_clock::now()));
    response.headers.erase("Accept-Ranges");  // the library's, with HEAD
    // They have no body, whose length could be said.
    if (response.status == 204 || response.status == 304) response.headers.erase("Content-Length");
  }

  void serve(const httplib::Request& request, httplib::Response& response) {
    RequestRun* run = RequestRunner::current();
    const auto* outcome = run != nullptr ? static_cast<const ReplyOutcome*>(run->outcome) : nullptr;
    const auto started = outcome != nullptr ? outcome->began : std::chrono::steady_clock::now();
    std::string pattern = "static";
    std::string user = outcome != nullptr ? outcome->user : std::string();
    Reply reply;
    try {
      if (outcome != nullptr) {
        pattern = request.path;  // a route's, or there were no outcome
        reply = outcome->reply();
      } else {
        reply = dispatch(request, pattern, user);
      }
      if (run != nullptr && run->may_hold && reply.hold) {
        run->hold = std::move(reply.hold);
        return;
      }
      if (run != nullptr && reply.later) {
        run->comes_later = true;
        reply.later(run->resume);
        return;
      }
    } catch (const std::bad_alloc&) {
      log_event(LogLevel::error, "no_memory");
      reply = error_reply(ErrorCode::unavailable, "The server is busy; try again.", {}, 1'000);
    } catch (const std::exception& error) {
      log_event(LogLevel::error, "request_failed", {{"route", pattern}, {"message", error.what()}});
      reply = error_reply(ErrorCode::internal);
    }
    send(request, response, reply);
    const auto elapsed = std::chrono::steady_clock::now() - started;
    const std::chrono::duration<double, std::milli> elapsed_ms = elapsed;
    log_event(reply.status >= 500 ? LogLevel::warn : LogLevel::info, "request",
              {{"method", request.method},
               {"route", pattern},
               {"status", reply.status},
               {"elapsed_ms", elapsed_ms.count()},
               {"bytes", response.body.size()},
               {"user", user}});
  }

  Reply dispatch(const httplib::Request& request, std::string& pattern, std::string& user) {
    if (auto refusal = check_host(request, services_.options.public_url)) return *refusal;
    const auto found = by_path_.find(request.path);
    const bool is_read = request.method == "GET" || request.method == "HEAD";
    if (found == by_path_.end()) {
      if (request.path == "*") {  // OPTIONS of the server as a whole
        Reply reply{.status = 204, .content_type = {}};
        reply.headers.emplace_back("Allow", "GET, HEAD, POST, DELETE");
        return reply;
      }
      if (is_read && !request.path.starts_with("/api/")) return files_.serve(request);
      pattern = "unknown";
      return error_reply(ErrorCode::not_found);
    }
    pattern = found->first;
    std::string allowed;
    for (const Route* route : found->second) {
      if (name_of(route->method) == (is_read ? "GET" : request.method)) {
        return guarded(*route, request, user);
      }
      if (!allowed.empty()) allowed += ", ";
      allowed += name_of(route->method);
      if (route->method == Method::get) allowed += ", HEAD";
    }
    Reply reply = error_reply(ErrorCode::method_not_allowed);
    reply.headers.emplace_back("Allow", allowed);
    return reply;
  }

  Reply guarded(const Route& route, const httplib::Request& request, std::string& user_id) {
    const bool changes_state = route.method != Method::get;
    if (changes_state) {
      if (auto refusal = check_origin(request, services_.options.public_url)) return *refusal;
      if (auto refusal = check_body(request, route.max_body_bytes)) return *refusal;
    }
    Call call{request, client_address(request, services_.options.trusted_proxy), {}, {}};
    if (route.access == Access::anyone) return route.handle(call);

    const std::string token = cookie_value(request, session_cookie_name(services_.options));
    auto session = services_.sessions.find(token, machine_time_ms());
    if (!session) return without_session(route, call);
    auto user = services_.directory.user(session->user);
    if (!user || user->disabled) {
      [[maybe_unused]] const auto ended = services_.sessions.end(session->token_hash);
      return without_session(route, call);
    }
    user_id = to_string(user->id);
    call.session = std::move(*session);
    call.user = std::move(*user);
    if (changes_state) {
      if (auto refusal = check_csrf(request, call.session)) return *refusal;
    }
    if (route.access == Access::session && call.session.must_change_password) {
      return error_reply(ErrorCode::password_change_required);
    }
    Reply reply = route.handle(call);
    // A read may have waited: whoever has signed out meanwhile is told nothing more.
    if (!changes_state && !services_.sessions.is_live(call.session.token_hash, machine_time_ms())) {
      return without_session(route, {request, call.address, {}, {}});
    }
    return reply;
  }

  static Reply without_session(const Route& route, const Call& call) {
    if (route.access == Access::visitor_or_session) return route.handle(call);
    return error_reply(ErrorCode::unauthenticated);
  }

  static void compress_body(const httplib::Request& request, httplib::Response& response,
                            Reply& reply) {
    const auto codings = accepted_codings(request.get_header_value("Accept-Encoding"));
    const bool may_stay = std::ranges::find(codings, ContentCoding::identity) != codings.end();
    if (may_stay && reply.body.size() < min_compressed_bytes) return;
    response.set_header("Vary", "Accept-Encoding");
    auto coded = compress(reply.body, codings.front());
    if (!coded || (may_stay && coded->size() >= reply.body.size())) return;
    reply.body = std::move(*coded);
    response.set_header("Content-Encoding", std::string(name_of(codings.front())));
  }

  static void send(const httplib::Request& request, httplib::Response& response, Reply& reply) {
    response.status = reply.status;
    bool is_coded = false;
    for (auto& [name, value] : reply.headers) {
      is_coded = is_coded || name == "Content-Encoding";
      response.set_header(name, value);
    }
    const bool has_body = reply.status != 304 && reply.status != 204;
    if (!is_coded && has_body && reply.content_type == "application/json") {
      compress_body(request, response, reply);
    }
    if (has_body) response.set_content(std::move(reply.body), reply.content_type);
  }

  AppServices services_;
  std::vector<Route> routes_;
  std::map<std::string, std::vector<const Route*>, std::less<>> by_path_;
  StaticFiles files_;
  RequestRunner library_;
  ConnectionLoop loop_;
};

WebServer::WebServer(AppServices services) : impl_(std::make_unique<Impl>(services)) {}
WebServer::~WebServer() = default;
int WebServer::bind() { return impl_->bind(); }
void WebServer::run() { impl_->run(); }
void WebServer::stop() { impl_->stop(); }

}  // namespace yuanyue
