#include "tests/backend/connections/loop_world.h"

#include <array>

#include <arpa/inet.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "backend/log/log.h"

namespace yuanyue {

namespace {

using namespace std::chrono_literals;

std::string text_of(int status, std::string_view body, bool closes) {
  return "HTTP/1.1 " + std::to_string(status) +
         " Tested\r\nContent-Length: " + std::to_string(body.size()) + "\r\n" +
         (closes ? "Connection: close\r\n" : "") + "\r\n" + std::string(body);
}

std::string field_of(std::string_view text, std::string_view name) {
  const auto at = text.find("\r\n" + std::string(name) + ": ");
  if (at == std::string_view::npos) return {};
  text.remove_prefix(at + name.size() + 4);
  return std::string(text.substr(0, text.find('\r')));
}

bool wait_for(const std::function<bool()>& holds) {
  for (const auto until = std::chrono::steady_clock::now() + 20s;
       std::chrono::steady_clock::now() < until; std::this_thread::sleep_for(5ms)) {
    if (holds()) return true;
  }
  return holds();
}

}  // namespace

RequestAnswer TestHandler::run(const RequestJob& job, const Resume& resume) {
  ++runs;
  const std::string line = job.text.substr(0, job.text.find('\r'));
  const std::string target = line.substr(line.find(' ') + 1, line.rfind(' ') - line.find(' ') - 1);
  const std::string number = target.substr(std::min(target.find('?'), target.size() - 1) + 1);
  RequestAnswer answer;
  if (target.starts_with("/wait")) return wait(job, std::stoll(number));
  if (target.starts_with("/later") && !job.outcome) {
    answer.comes_later = true;
    std::thread([resume] { resume(std::make_shared<RequestOutcome>()); }).detach();
    return answer;
  }
  if (target.starts_with("/slow")) {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return let_go_; });
  }
  const bool is_big = target.starts_with("/big");
  answer.bytes =
      text_of(200, is_big ? std::string(std::stoul(number), 'x') : line, job.close_after);
  return answer;
}

RequestAnswer TestHandler::wait(const RequestJob& job, std::int64_t after) {
  const std::string cookie = field_of(job.text, "Cookie");
  const std::int64_t read = revision;
  const bool lives = session_lives;
  if (after_reading) after_reading();
  RequestAnswer answer;
  if (!lives) {
    answer.bytes = text_of(401, "ended", job.close_after);
  } else if (read <= after && job.may_hold) {
    answer.hold = Hold{.audiences = {"everyone", "user:" + cookie},
                       .revision = read,
                       .wait = 10s,
                       .session = cookie.empty() ? "s" : cookie,
                       .user = cookie.empty() ? to_string(UserId({1, 1})) : cookie,
                       .address = field_of(job.text, "X-Address")};
  } else {
    answer.bytes = text_of(200, "news of " + std::to_string(read), job.close_after);
  }
  return answer;
}

Lane TestHandler::lane_of(std::string_view, std::string_view target) const {
  if (target.starts_with("/arm")) {
    const long nth = std::stol(std::string(target.substr(5)));
    failing_.reset();
    failing_.emplace(nth);
  } else if (target.starts_with("/disarm")) {
    has_failed = failing_ && failing_->has_failed();
    failing_.reset();
  }
  return target.starts_with("/slow") ? Lane::slow : Lane::quick;
}

std::string TestHandler::refusal(int status, std::string_view reason) const {
  return text_of(status, reason, true);
}

void TestHandler::publish(const std::string& audience) { hub_.publish({audience}, ++revision); }

void TestHandler::end_session() {
  session_lives = false;
  hub_.end_session("s");
}

void TestHandler::let_go() {
  {
    const std::lock_guard lock(mutex_);
    let_go_ = true;
  }
  changed_.notify_all();
}

TestClient::TestClient(int port, int receive_buffer, const char* from)
    : socket_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
  if (receive_buffer > 0) {
    ::setsockopt(socket_, SOL_SOCKET, SO_RCVBUF, &receive_buffer, sizeof receive_buffer);
  }
  sockaddr_in own{};
  own.sin_family = AF_INET;
  ::inet_pton(AF_INET, from, &own.sin_addr);
  if (::bind(socket_, reinterpret_cast<sockaddr*>(&own), sizeof own) != 0) close();
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<std::uint16_t>(port));
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (::connect(socket_, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0) close();
}

TestClient::~TestClient() { close(); }

TestClient::TestClient(TestClient&& other) noexcept
    : socket_(std::exchange(other.socket_, -1)), received_(std::move(other.received_)) {}

bool TestClient::send(std::string_view bytes) const {
  return ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL) ==
         static_cast<ssize_t>(bytes.size());
}

void TestClient::ask(const std::string& target, const std::string& fields) const {
  send("GET " + target + " HTTP/1.1\r\nHost: x\r\n" + fields + "\r\n");
}

bool TestClient::receive() {
  std::array<char, 64 * 1024> buffer{};
  pollfd watched{socket_, POLLIN, 0};
  if (::poll(&watched, 1, 15'000) <= 0) return false;
  const ssize_t size = ::recv(socket_, buffer.data(), buffer.size(), 0);
  if (size <= 0) return false;
  received_.append(buffer.data(), static_cast<std::size_t>(size));
  return true;
}

Response TestClient::answer() {
  std::size_t end = 0;
  while ((end = received_.find("\r\n\r\n")) == std::string::npos) {
    if (!receive()) return {};
  }
  Response response;
  response.head = received_.substr(0, end + 2);
  received_.erase(0, end + 4);
  response.status = std::stoi(response.head.substr(9, 3));
  const std::string length = field_of(response.head, "Content-Length");
  const std::size_t size = length.empty() ? 0 : std::stoul(length);
  while (received_.size() < size) {
    if (!receive()) return {};
  }
  response.body = received_.substr(0, size);
  received_.erase(0, size);
  return response;
}

bool TestClient::is_closed_within(std::chrono::milliseconds wait) {
  pollfd watched{socket_, POLLIN, 0};
  if (::poll(&watched, 1, static_cast<int>(wait.count())) <= 0) return false;
  char byte = 0;
  return ::recv(socket_, &byte, 1, 0) <= 0;
}

bool TestClient::take(std::size_t bytes) const {
  std::string some(bytes, '\0');
  const ssize_t size = ::recv(socket_, some.data(), some.size(), MSG_DONTWAIT);
  return size > 0 || (size < 0 && errno == EAGAIN);
}

void TestClient::end_sending() const { ::shutdown(socket_, SHUT_WR); }

void TestClient::send_last(std::string_view bytes) const {
  ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL | MSG_MORE);
  end_sending();
}

void TestClient::close() {
  if (socket_ >= 0) ::close(std::exchange(socket_, -1));
}

LoopWorld::LoopWorld(ConnectionLimits limits) : loop(handler, hub, limits) {
  set_log_level(LogLevel::off);
  port = loop.bind("127.0.0.1", 0);
  thread_ = std::thread([this] { loop.run(); });
}

void LoopWorld::stop() {
  if (!thread_.joinable()) return;
  handler.let_go();
  loop.stop();
  thread_.join();
}

bool LoopWorld::holds(std::size_t count) const {
  return wait_for([&] { return loop.held() == count; });
}

bool LoopWorld::has_connections(std::size_t count) const {
  return wait_for([&] { return loop.connections() == count; });
}

}  // namespace yuanyue
