#include "backend/admin/socket_server.h"

#include <functional>
#include <new>
#include <thread>

#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "backend/http/httplib_config.h"
#include "backend/log/json_text.h"
#include "backend/log/log.h"
#include "backend/threads/worker_threads.h"

namespace yuanyue {

namespace {

using nlohmann::json;

constexpr std::size_t max_operation_bytes = 16 * 1024 * 1024;
constexpr std::size_t operation_threads = 2;
constexpr std::size_t waiting_operations = 16;
constexpr int operation_seconds = 600;

// No operation nests deeper; every level of a tree costs more than its two bytes.
constexpr int max_operation_depth = 8;

using Operation = std::function<void()>;

void run(const Operation& operation) {
  try {
    operation();
  } catch (const std::exception& error) {
    log_event(LogLevel::error, "operation_failed", {{"message", error.what()}});
  }
}

// The library's own pool makes its threads on a thread where nobody can be told that there are
// none, and what a job throws ends the process.
class OperationThreads : public httplib::TaskQueue {
 public:
  bool enqueue(Operation operation) override {
    try {
      return threads_.add(operation);
    } catch (const std::bad_alloc&) {
      return false;
    }
  }
  void shutdown() override { threads_.stop(); }

 private:
  WorkerThreads<Operation> threads_{operation_threads, waiting_operations, run};
};

bool is_shallow(int depth, json::parse_event_t, json&) { return depth <= max_operation_depth; }

}  // namespace

class AdminSocketServer::Impl {
 public:
  Impl(ParkProcess& process, std::string path) : process_(process), path_(std::move(path)) {
    server_.set_address_family(AF_UNIX);
    server_.set_payload_max_length(max_operation_bytes);
    server_.new_task_queue = [this] { return threads_.release(); };  // the library's from then on
    server_.set_socket_options([](socket_t) {});
    server_.Post("/operation/([a-z_]+)", [this](const httplib::Request& request,
                                                httplib::Response& response) {
      const std::string name = request.matches[1];
      const json input = json::parse(request.body, is_shallow, false);
      const AdminResult result = input.is_object()
                                     ? run_operation(process_, name, input)
                                     : AdminResult(std::unexpected("The input is no JSON object."));
      log_event(LogLevel::info, "operation", {{"name", name}, {"ok", result.has_value()}});
      const json answer = result ? json{{"result", *result}} : json{{"error", result.error()}};
      response.set_content(json_text(answer), "application/json");
    });
  }

  bool start() {
    ::unlink(path_.c_str());  // left by a process that died; the folder's lock is ours
    const mode_t before = ::umask(S_IRWXG | S_IRWXO | S_IXUSR);
    const bool bound = server_.bind_to_port(path_, 80);
    ::umask(before);
    if (!bound) return false;
    thread_ = std::thread([this] { server_.listen_after_bind(); });
    server_.wait_until_ready();
    return true;
  }

  void stop() {
    server_.stop();
    if (thread_.joinable()) thread_.join();
    ::unlink(path_.c_str());
  }

 private:
  ParkProcess& process_;
  std::string path_;
  std::unique_ptr<OperationThreads> threads_ = std::make_unique<OperationThreads>();
  httplib::Server server_;
  std::thread thread_;
};

AdminSocketServer::AdminSocketServer(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
AdminSocketServer::~AdminSocketServer() { impl_->stop(); }

std::expected<std::unique_ptr<AdminSocketServer>, std::string> AdminSocketServer::start(
    ParkProcess& process, const DataFolder& folder) {
  const std::string path = std::filesystem::absolute(folder.socket_path());
  if (path.size() >= sizeof(sockaddr_un::sun_path)) {
    return std::unexpected("The path of the data folder is too long for a socket: " + path + ".");
  }
  auto impl = std::make_unique<Impl>(process, path);
  if (!impl->start()) return std::unexpected("The socket " + path + " cannot be opened.");
  return std::unique_ptr<AdminSocketServer>(new AdminSocketServer(std::move(impl)));
}

namespace {

AdminResult call_over_socket(const DataFolder& folder, const std::string& name, const json& input) {
  httplib::Client client(std::filesystem::absolute(folder.socket_path()).string(), true);
  client.set_address_family(AF_UNIX);
  client.set_read_timeout(operation_seconds);
  const auto answer = client.Post("/operation/" + name, json_text(input), "application/json");
  if (!answer) {
    return std::unexpected("Another process holds the data folder and does not answer.");
  }
  const json body = json::parse(answer->body, nullptr, false);
  if (body.is_object() && body.contains("result")) return body["result"];
  if (body.is_object() && body.contains("error") && body["error"].is_string()) {
    return std::unexpected(body["error"].get<std::string>());
  }
  return std::unexpected("The serving process gave no usable answer.");
}

}  // namespace

AdminResult call_operation(const DataFolder& folder, const std::string& name, const json& input) {
  auto lock = DataLock::take(folder);
  if (!lock) {
    if (lock.error() == DataLock::Failure::held_by_another) {
      return call_over_socket(folder, name, input);
    }
    return std::unexpected("The data folder " + folder.path().string() + " cannot be used.");
  }
  set_log_level(LogLevel::warn);
  ServerClock clock = ServerClock::real();
  auto process = ParkProcess::open(std::move(*lock), folder, clock);
  if (!process) return std::unexpected(process.error());
  return run_operation(**process, name, input);
}

}  // namespace yuanyue
