// yuanyue serve
#include <algorithm>
#include <csignal>
#include <iostream>
#include <memory>
#include <thread>

#include "backend/admin/socket_server.h"
#include "backend/cli/cli.h"
#include "backend/cli/program_paths.h"
#include "backend/cli/read_state.h"
#include "backend/connections/connection_loop.h"
#include "backend/demo/demo_data.h"
#include "backend/demo/demo_loader.h"
#include "backend/demo/demo_script.h"
#include "backend/http/web_server.h"
#include "backend/log/log.h"

namespace yuanyue {

namespace {

struct ServeOptions {
  std::string data;
  std::string now;
  std::string log_level;
  std::string public_url;
  bool demo = false;
  HttpOptions http;
};

std::string checked_instant(const std::string& text) {
  return parse_instant(text) ? std::string()
                             : "'" + text + "' is no instant such as 2026-11-23T09:00:00+08:00";
}

sigset_t stop_signals() {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGINT);
  sigaddset(&signals, SIGTERM);
  return signals;
}

// False: there was no memory for it; it may be tried again.
bool has_stopped(const std::function<void()>& stop) {
  try {
    stop();
    return true;
  } catch (const std::bad_alloc&) {
    return false;
  }
}

// Calls `stop` once when SIGINT or SIGTERM comes. The signals are blocked in every thread but its
// own.
class StopOnSignal {
 public:
  explicit StopOnSignal(std::function<void()> stop)
      : thread_([this, stop = std::move(stop)] {
          const sigset_t signals = stop_signals();
          const timespec pause{0, 200'000'000};
          while (!done_) {
            if (sigtimedwait(&signals, nullptr, &pause) > 0) {
              while (!has_stopped(stop)) nanosleep(&pause, nullptr);
              return;
            }
          }
        }) {}
  ~StopOnSignal() {
    done_ = true;
    thread_.join();
  }

 private:
  std::atomic<bool> done_ = false;
  std::thread thread_;
};

bool has_enterprises(const DataFolder& folder) {
  const auto state = read_state(folder);
  return state && state->count<Enterprise>() > 0;
}

std::string checked_public_url(const std::string& text) {
  return parse_public_url(text) ? std::string()
                                : "'" + text + "' is no address such as https://park.example";
}

// RFC 9116: a URI, so that a program can open it.
std::string checked_contact(const std::string& text) {
  const bool has_scheme =
      text.starts_with("mailto:") || text.starts_with("https://") || text.starts_with("tel:");
  const bool is_plain = std::ranges::all_of(text, [](char c) { return c > ' ' && c < 0x7F; });
  return has_scheme && is_plain
             ? std::string()
             : "'" + text +
                   "' is no mailto:, https:// or tel: address such as mailto:it@park.example";
}

// What follows from the public address; the error is a sentence.
std::expected<void, std::string> settle_public_url(ServeOptions& options) {
  HttpOptions& http = options.http;
  if (options.public_url.empty()) return {};
  http.public_url = parse_public_url(options.public_url);
  if (!http.public_url->is_https && http.secure_cookies) {
    return std::unexpected("--secure-cookies needs a --public-url of https.");
  }
  http.secure_cookies = http.public_url->is_https;
  return {};
}

std::string lock_problem(DataLock::Failure failure, const DataFolder& folder) {
  const std::string path = folder.path().string();
  if (failure == DataLock::Failure::held_by_another) {
    return "Another process already serves the data folder " + path + ".";
  }
  return "The data folder " + path + " cannot be used.";
}

std::expected<void, std::string> prepare_demo(const DataFolder& folder, ServerClock& clock) {
  if (has_enterprises(folder)) return {};
  auto lock = DataLock::take(folder);
  if (!lock) return std::unexpected(lock_problem(lock.error(), folder));
  return load_demo(std::move(*lock), folder, clock.now());
}

void print_welcome(const ServeOptions& options, int port, ParkProcess& process) {
  ServerClock& clock = process.clock();
  std::cout << "Yuanyue serves http://" << options.http.host << ":" << port << "/\n";
  if (options.http.public_url) std::cout << "for " << options.http.public_url->origin << "/\n";
  if (clock.may_be_moved()) std::cout << "Server clock: " << to_string(clock.now()) << "\n";
  // A store that was there before may be another park's.
  const bool is_demo = process.directory().user(demo_user_of(0)).has_value();
  if (options.demo && is_demo) {
    std::cout << "Demo accounts (for demonstrations only):\n";
    for (const DemoAccount& account : demo_data().accounts) {
      std::cout << "  " << account.name << "  " << account.password << "  " << account.purpose
                << "\n";
    }
  }
  std::cout << std::flush;
}

int run_server(ServeOptions& options, ParkProcess& process, AdminSocketServer&) {
  std::atomic<bool> stopping = false;
  WebServer server({process.store(), process.engine(), process.clock(), process.directory(),
                    process.hub(), process.sessions(), process.accounts(), options.http, stopping});
  const int port = server.bind();
  if (port == 0) {
    return refuse("Port " + std::to_string(options.http.port) + " of " + options.http.host +
                  " cannot be listened on.");
  }
  {
    const StopOnSignal guard([&] {
      stopping = true;
      server.stop();
      log_event(LogLevel::info, "stopping");
    });
    print_welcome(options, port, process);
    log_event(LogLevel::info, "serving", {{"host", options.http.host}, {"port", port}});
    server.run();
  }
  log_event(LogLevel::info, "stopped");
  return exit_done;
}

LogLevel chosen_log_level(const ServeOptions& options) {
  if (options.log_level == "debug") return LogLevel::debug;
  if (options.log_level == "info") return LogLevel::info;
  if (options.log_level == "error") return LogLevel::error;
  if (options.log_level == "warn") return LogLevel::warn;
  return options.demo ? LogLevel::warn : LogLevel::info;
}

// Each connection is an open file.
void bound_connections(HttpOptions& http) {
  const std::size_t files = raise_descriptor_limit();
  const std::size_t possible = connections_for(files);
  if (possible >= http.max_connections) return;
  log_event(LogLevel::warn, "fewer_connections",
            {{"open_files", files}, {"connections", possible}});
  http.max_connections = possible;
}

int run_serve(ServeOptions& options) {
  std::signal(SIGPIPE, SIG_IGN);
  std::signal(SIGXFSZ, SIG_IGN);  // a file at its size limit is a full disk, no reason to die
  const sigset_t signals = stop_signals();
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  set_log_level(chosen_log_level(options));
  if (auto settled = settle_public_url(options); !settled) {
    refuse(settled.error());
    return exit_usage;
  }
  if (options.http.web_folder.empty()) options.http.web_folder = default_web_folder();
  bound_connections(options.http);

  const DataFolder folder(options.data);
  ServerClock clock = options.now.empty() ? ServerClock::real()
                                          : ServerClock::started_at(*parse_instant(options.now));
  if (options.demo) {
    if (auto ready = prepare_demo(folder, clock); !ready) return refuse(ready.error());
  }
  auto lock = DataLock::take(folder);
  if (!lock) return refuse(lock_problem(lock.error(), folder));
  if (const auto exposure = folder.exposure()) {
    std::cerr << "yuanyue: warning: " << *exposure << "\n";
  }
  const Instant wanted = clock.now();
  auto process = ParkProcess::open(std::move(*lock), folder, clock);
  if (!process) return refuse(process.error());
  if (clock.now() - wanted > ms_per_minute) {
    log_event(LogLevel::warn, "clock_ahead",
              {{"message", "the data were last used later than this clock; it goes on from there"},
               {"now", to_string(clock.now())}});
  }
  auto socket = AdminSocketServer::start(**process, folder);
  if (!socket) return refuse(socket.error());
  return run_server(options, **process, **socket);
}

}  // namespace

namespace {

void add_bounds(CLI::App& command, HttpOptions& http) {
  const auto add = [&](const char* name, std::size_t& value, const char* what, int least,
                       int most) {
    command.add_option(name, value, what)->check(CLI::Range(least, most))->capture_default_str();
  };
  add("--workers", http.workers, "Threads that run requests; connections need none", 1, 256);
  add("--max-waiting-requests", http.max_waiting_requests,
      "Requests that may wait for a thread; more are answered 503", 1, 65'535);
  add("--max-connections", http.max_connections,
      "Open connections, as far as the limit of open files goes; more are answered 503", 16,
      1'000'000);
  add("--max-connections-per-address", http.max_connections_per_address,
      "Of them with one address; 0: a quarter. Not with --trusted-proxy", 0, 1'000'000);
  add("--max-long-polls", http.max_long_polls,
      "Pulls that may wait at once; more are answered at once", 0, 1'000'000);
  add("--max-long-polls-per-user", http.max_long_polls_per_user, "Of them by one user", 1, 65'535);
  add("--max-long-polls-per-address", http.max_long_polls_per_address,
      "Of them from one address; 0: a quarter", 0, 1'000'000);
}

}  // namespace

void add_serve_command(CLI::App& app, int& exit_code) {
  auto* command = app.add_subcommand("serve", "Serve the API and the page until SIGTERM or SIGINT");
  auto options = std::make_shared<ServeOptions>();
  HttpOptions& http = options->http;
  add_data_option(*command, options->data);
  command->add_option("--host", http.host, "Address to listen on")->capture_default_str();
  command->add_option("--port", http.port, "Port to listen on; 0: any free one")
      ->check(CLI::Range(0, 65535))
      ->capture_default_str();
  command->add_option("--web", http.web_folder,
                      "Folder of the built page; default beside the program");
  command
      ->add_option("--now", options->now,
                   "Start the server's clock here; it runs on and may be moved forward")
      ->check(checked_instant);
  command->add_flag("--demo", options->demo, "Fill an empty store with a demonstration park");
  add_bounds(*command, http);
  command
      ->add_option("--public-url", options->public_url,
                   "The address that browsers show, for example https://park.example: requests for "
                   "another host are refused; with https also --secure-cookies")
      ->check(checked_public_url);
  command->add_flag("--secure-cookies", http.secure_cookies,
                    "Cookies only over TLS, and browsers told to stay with it: behind a TLS proxy");
  command
      ->add_option("--security-contact", http.security_contacts,
                   "Where to report a vulnerability, for /.well-known/security.txt: a mailto:, "
                   "https:// or tel: address; may be given again")
      ->check(checked_contact);
  command->add_flag("--trusted-proxy", http.trusted_proxy,
                    "Believe the last X-Forwarded-For entry: only behind an own proxy");
  command->add_flag_callback(
      "--no-quotas", [&http] { http.quotas = no_quotas; },
      "No bound on the commands of a user or an address: for benchmarks");
  command->add_flag("--bench-routes", http.bench_routes, "Add the empty route of the benchmarks");
  command->add_option("--log-level", options->log_level, "Default info, with --demo warn")
      ->check(CLI::IsMember({"debug", "info", "warn", "error"}));
  command->callback([options, &exit_code] { exit_code = run_serve(*options); });
}

}  // namespace yuanyue
