#include "backend/http/web_server.h"

#include <atomic>
#include <chrono>
#include <map>

#include "backend/http/compress.h"
#include "backend/http/guards.h"
#include "backend/http/routes.h"
#include "backend/http/static_files.h"
#include "backend/log/log.h"

namespace yuanyue {

namespace {

using wire::ErrorCode;

constexpr std::size_t keep_alive_requests = 10'000;  // then the connection is closed
constexpr int keep_alive_seconds = 30;
// A connection that idles longer gives its worker up when others wait for one; before that its
// client may be about to ask again. A free worker takes a waiting one before the second look.
constexpr std::chrono::milliseconds idle_if_others_wait{500};
constexpr int looks_until_starved = 2;
constexpr int read_seconds = 10;
constexpr int write_seconds = 10;

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

// Set while a request is served when its connection cannot carry another one.
thread_local bool close_after_answer = false;
// Set while a connection is handled for which there is no worker.
thread_local bool no_worker_is_free = false;

// Says that the server is overloaded instead of closing without a word. Never waits: it runs on the
// thread that accepts connections.
void refuse_connection(socket_t socket) {
  constexpr std::string_view answer =
      "HTTP/1.1 503 Service Unavailable\r\nContent-Type: application/json\r\n"
      "Cache-Control: no-store\r\nRetry-After: 2\r\nConnection: close\r\nContent-Length: 22\r\n\r\n"
      R"({"code":"unavailable"})";
  char request[16 * 1024];
  static_cast<void>(::recv(socket, request, sizeof request, MSG_DONTWAIT));
  static_cast<void>(::send(socket, answer.data(), answer.size(), MSG_DONTWAIT | MSG_NOSIGNAL));
}

// A pool whose bound is told to whoever comes beyond it. `waiting` counts the connections that no
// worker has taken yet.
class AnsweringPool : public httplib::TaskQueue {
 public:
  AnsweringPool(std::size_t workers, std::size_t max_waiting, std::atomic<int>& waiting)
      : pool_(workers, max_waiting), waiting_(waiting) {}
  bool enqueue(std::function<void()> task) override {
    ++waiting_;
    if (pool_.enqueue([this, task] {
          --waiting_;
          task();
        })) {
      return true;
    }
    --waiting_;
    no_worker_is_free = true;
    task();
    no_worker_is_free = false;
    return true;
  }
  void shutdown() override { pool_.shutdown(); }

 private:
  httplib::ThreadPool pool_;
  std::atomic<int>& waiting_;
};

// Closes a connection on demand, which the library has no call for: after an answer that leaves it
// unusable, and when it idles while others wait for its worker.
class ClosingServer : public httplib::Server {
 public:
  std::atomic<int>& waiting() { return waiting_; }

 private:
  bool process_and_close_socket(socket_t socket) override {
    if (no_worker_is_free) {
      refuse_connection(socket);
      httplib::detail::shutdown_socket(socket);
      httplib::detail::close_socket(socket);
      return true;
    }
    std::string remote_address;
    int remote_port = 0;
    httplib::detail::get_remote_ip_and_port(socket, remote_address, remote_port);
    bool served = false;
    for (std::size_t left = keep_alive_max_count_; left > 0 && request_comes(socket); --left) {
      httplib::detail::SocketStream stream(socket, read_timeout_sec_, read_timeout_usec_,
                                           write_timeout_sec_, write_timeout_usec_);
      close_after_answer = false;
      bool connection_closed = false;
      served = process_request(stream, remote_address, remote_port, "", 0, left == 1,
                               connection_closed, nullptr);
      if (!served || connection_closed || close_after_answer) break;
    }
    httplib::detail::shutdown_socket(socket);
    httplib::detail::close_socket(socket);
    return served;
  }

  bool request_comes(socket_t socket) const {
    using std::chrono::steady_clock;
    constexpr time_t look_every_us = 100'000;
    if (httplib::detail::select_read(socket, 0, look_every_us) > 0) return true;
    const auto idle_since = steady_clock::now();
    int looks_with_others_waiting = 0;
    while (svr_sock_ != INVALID_SOCKET) {
      const auto ready = httplib::detail::select_read(socket, 0, look_every_us);
      if (ready != 0) return ready > 0;
      const auto idle = steady_clock::now() - idle_since;
      looks_with_others_waiting = waiting_ > 0 ? looks_with_others_waiting + 1 : 0;
      const bool is_in_the_way =
          idle > idle_if_others_wait && looks_with_others_waiting >= looks_until_starved;
      if (is_in_the_way || idle > std::chrono::seconds(keep_alive_timeout_sec_)) break;
    }
    return false;
  }

  std::atomic<int> waiting_ = 0;
};

// The library's own refusals (bad request line, header too long …) in the words of the API.
ErrorCode code_of_status(int status) {
  switch (status) {
    case 404:
      return ErrorCode::not_found;
    case 405:
      return ErrorCode::method_not_allowed;
    case 413:
    case 414:
    case 431:
      return ErrorCode::too_large;
    case 415:
      return ErrorCode::unsupported_media_type;
    default:
      return status >= 500 ? ErrorCode::internal : ErrorCode::malformed;
  }
}

}  // namespace

class WebServer::Impl {
 public:
  explicit Impl(AppServices services)
      : services_(services), routes_(all_routes(services)), files_(services.options.web_folder) {
    for (const Route& route : routes_) by_path_[route.path].push_back(&route);
    set_limits();
    const auto dispatch = [this](const httplib::Request& request, httplib::Response& response) {
      serve(request, response);
    };
    server_.Get(".*", dispatch);
    server_.Post(".*", dispatch);
    server_.Put(".*", dispatch);
    server_.Patch(".*", dispatch);
    server_.Delete(".*", dispatch);
    server_.Options(".*", dispatch);
    server_.set_pre_routing_handler(
        [](const httplib::Request& request, httplib::Response& response) {
          return refuse_before_body(request, response);
        });
    server_.set_error_handler([](const httplib::Request&, httplib::Response& response) {
      explain_library_error(response);
    });
    server_.set_post_routing_handler([this](const httplib::Request&, httplib::Response& response) {
      finish_headers(response);
      if (services_.options.secure_cookies) {
        response.set_header("Strict-Transport-Security", "max-age=31536000");
      }
    });
  }

  int bind() {
    const HttpOptions& options = services_.options;
    if (options.port == 0) {
      const int port = server_.bind_to_any_port(options.host);
      return port > 0 ? port : 0;
    }
    return server_.bind_to_port(options.host, options.port) ? options.port : 0;
  }

  void run() { server_.listen_after_bind(); }
  void stop() { server_.stop(); }

 private:
  void set_limits() {
    const HttpOptions& options = services_.options;
    server_.new_task_queue = [this, &options] {
      return new AnsweringPool(options.workers, options.max_waiting_connections, server_.waiting());
    };
    server_.set_payload_max_length(wire::max_push_bytes);
    server_.set_keep_alive_max_count(keep_alive_requests);
    server_.set_keep_alive_timeout(keep_alive_seconds);
    server_.set_read_timeout(read_seconds);
    server_.set_write_timeout(write_seconds);
    // Another process must not be able to listen beside us: no SO_REUSEPORT.
    server_.set_socket_options([](socket_t socket) {
      const int on = 1;
      setsockopt(socket, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    });
  }

  static httplib::Server::HandlerResponse refuse_before_body(const httplib::Request& request,
                                                             httplib::Response& response) {
    // Ranges would be cut out of compressed bodies. The object itself is the library's, not const.
    const_cast<httplib::Request&>(request).ranges.clear();
    if (!has_doubtful_framing(request)) return httplib::Server::HandlerResponse::Unhandled;
    response.status = 400;
    return httplib::Server::HandlerResponse::Handled;
  }

  static void explain_library_error(httplib::Response& response) {
    if (!response.body.empty()) return;
    response.set_content(wire::encode(wire::ErrorBody{code_of_status(response.status), {}, {}}),
                         "application/json");
  }

  static void finish_headers(httplib::Response& response) {
    for (const auto& [name, value] : security_headers) response.set_header(name, value);
    if (!response.has_header("Cache-Control")) response.set_header("Cache-Control", "no-store");
    // After these the rest of the connection's bytes may mean anything.
    const int status = response.status;
    if (status == 400 || status == 413 || status == 414 || status == 416) {
      close_after_answer = true;
      response.headers.erase("Keep-Alive");
      response.headers.erase("Connection");
      response.set_header("Connection", "close");
    }
  }

  void serve(const httplib::Request& request, httplib::Response& response) {
    const auto started = std::chrono::steady_clock::now();
    std::string pattern = "static";
    std::string user;
    Reply reply;
    try {
      reply = dispatch(request, pattern, user);
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
    Call call{request, address_of(request), {}, {}};
    if (route.access == Access::anyone) return route.handle(call);

    const std::string token = cookie_value(request, session_cookie_name(services_.options));
    auto session = services_.sessions.find(token, machine_time_ms());
    if (!session) return without_session(route, call);
    auto user = services_.directory.user(session->user);
    if (!user || user->disabled) {
      services_.sessions.end(session->token_hash);
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
    return route.handle(call);
  }

  static Reply without_session(const Route& route, const Call& call) {
    if (route.access == Access::visitor_or_session) return route.handle(call);
    return error_reply(ErrorCode::unauthenticated);
  }

  std::string address_of(const httplib::Request& request) const {
    if (!services_.options.trusted_proxy || !request.has_header("X-Forwarded-For")) {
      return request.remote_addr;
    }
    // The proxy appends whom it has seen; what stands before it, anybody may have written.
    const std::string list = request.get_header_value("X-Forwarded-For");
    const auto comma = list.rfind(',');
    std::string last = comma == std::string::npos ? list : list.substr(comma + 1);
    std::erase(last, ' ');
    return last.substr(0, 64);
  }

  static void send(const httplib::Request& request, httplib::Response& response, Reply& reply) {
    response.status = reply.status;
    bool is_coded = false;
    for (auto& [name, value] : reply.headers) {
      is_coded = is_coded || name == "Content-Encoding";
      response.set_header(name, value);
    }
    if (!is_coded && reply.body.size() >= min_compressed_bytes &&
        reply.content_type == "application/json") {
      const ContentCoding coding = accepted_coding(request.get_header_value("Accept-Encoding"));
      if (auto smaller = compress(reply.body, coding)) {
        reply.body = std::move(*smaller);
        response.set_header("Content-Encoding", std::string(name_of(coding)));
        response.set_header("Vary", "Accept-Encoding");
      }
    }
    const bool has_body = reply.status != 304 && reply.status != 204;
    if (has_body) response.set_content(std::move(reply.body), reply.content_type);
  }

  AppServices services_;
  std::vector<Route> routes_;
  std::map<std::string, std::vector<const Route*>, std::less<>> by_path_;
  StaticFiles files_;
  ClosingServer server_;
};

WebServer::WebServer(AppServices services) : impl_(std::make_unique<Impl>(services)) {}
WebServer::~WebServer() = default;
int WebServer::bind() { return impl_->bind(); }
void WebServer::run() { impl_->run(); }
void WebServer::stop() { impl_->stop(); }

}  // namespace yuanyue
