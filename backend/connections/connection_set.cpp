#include "backend/connections/connection_set.h"

#include <utility>

#include <boost/asio/buffer.hpp>
#include <boost/asio/post.hpp>
#include <netinet/tcp.h>
#include <sys/socket.h>

#include "backend/log/log.h"
#include "backend/network/household.h"

namespace yuanyue {

namespace asio = boost::asio;
using boost::system::error_code;
using Stage = Connection::Stage;

namespace {

constexpr std::size_t dropped_bytes_at_farewell = 2 * 1024 * 1024;
// The kernel keeps what fits its window anyway; what more it took would not be counted here.
constexpr int unsent_bytes_in_kernel = 64 * 1024;

void set_option(int descriptor, int level, int name, int value) {
  static_cast<void>(::setsockopt(descriptor, level, name, &value, sizeof value));
}

// Somebody who vanished without a word is noticed within 30 s, idle or not.
void set_options(int descriptor) {
  set_option(descriptor, IPPROTO_TCP, TCP_NODELAY, 1);
  set_option(descriptor, IPPROTO_TCP, TCP_NOTSENT_LOWAT, unsent_bytes_in_kernel);
  set_option(descriptor, SOL_SOCKET, SO_KEEPALIVE, 1);
  set_option(descriptor, IPPROTO_TCP, TCP_KEEPIDLE, 15);
  set_option(descriptor, IPPROTO_TCP, TCP_KEEPINTVL, 5);
  set_option(descriptor, IPPROTO_TCP, TCP_KEEPCNT, 3);
  set_option(descriptor, IPPROTO_TCP, TCP_USER_TIMEOUT, 30'000);
}

bool is_not_ready(const error_code& error) {
  return error == asio::error::would_block || error == asio::error::try_again;
}

// Assigning an empty text, like clear(), keeps the memory, and a connection may idle for long.
void release_memory(std::string& text) { std::string().swap(text); }

// False: it was sent in part, and the connection cannot be used on.
bool say_continue(Connection& connection) {
  constexpr std::string_view text = "HTTP/1.1 100 Continue\r\n\r\n";
  error_code error;
  const std::size_t size =
      connection.socket.write_some(asio::buffer(text.data(), text.size()), error);
  // Whoever waits for it in vain sends the body after a while.
  return size == text.size() || is_not_ready(error);
}

}  // namespace

ConnectionSet::ConnectionSet(asio::io_context& loop, ConnectionEvents& events,
                             const RequestHandler& handler, const ConnectionLimits& limits)
    : loop_(loop),
      events_(events),
      handler_(handler),
      limits_(limits),
      busy_answer_(handler.refusal(503, "The server is busy; try again.")),
      wheel_(Clock::now()) {}

// --- Connections come and go ---

void ConnectionSet::add(Socket socket) {
  error_code error;
  const auto peer = socket.remote_endpoint(error);
  if (error) return;
  error = socket.non_blocking(true, error);
  std::string address = peer.address().to_string();
  std::string share = household_of(address);
  if (connections_.size() >= limits_.connections || addresses_.of(share) >= limits_.of_address) {
    return turn_away(socket);
  }
  set_options(socket.native_handle());
  const auto connection = std::make_shared<Connection>(++last_id_, std::move(socket));
  connection->address = std::move(address);
  connection->share = std::move(share);
  connection->port = peer.port();
  addresses_.take(connection->share);
  try {
    connections_.emplace(connection->id, connection);
  } catch (...) {
    addresses_.give_back(connection->share);
    throw;
  }
  deadline_in(*connection, limits_.deadlines.head);
  guarded(*connection, [&] { wait_to_read(*connection); });
}

// Never waits. What has come is read, or closing would reset the connection before the answer.
void ConnectionSet::turn_away(Socket& socket) {
  error_code error;
  socket.read_some(asio::buffer(buffer_), error);
  socket.write_some(asio::buffer(busy_answer_), error);
  error = socket.shutdown(Socket::shutdown_both, error);
}

std::shared_ptr<Connection> ConnectionSet::find(std::uint64_t id) const {
  const auto found = connections_.find(id);
  return found == connections_.end() ? nullptr : found->second;
}

// The only place where a connection ends.
void ConnectionSet::close(Connection& connection) {
  if (connection.stage == Stage::closed) return;
  const auto keep = connection.shared_from_this();
  if (connection.stage == Stage::writing) untaken_bytes_ -= connection.answer.size();
  count_reader(connection, 0);
  DeadlineWheel::drop(connection);
  connections_.erase(connection.id);
  addresses_.give_back(connection.share);
  events_.closed(connection);
  connection.stage = Stage::closed;
  error_code error;
  error = connection.socket.close(error);
}

// Without this the kernel would keep what was not taken.
void ConnectionSet::cut(Connection& connection) {
  error_code error;
  error = connection.socket.set_option(asio::socket_base::linger(true, 0), error);
  close(connection);
}

void ConnectionSet::close_all() {
  while (!connections_.empty()) close(*connections_.begin()->second);
}

void ConnectionSet::has_failed(Connection& connection, const std::exception& error) {
  log_event(LogLevel::error, "connection_failed", {{"message", error.what()}});
  close(connection);
}

std::vector<std::shared_ptr<Connection>> ConnectionSet::all_in(
    const std::function<bool(const Connection&)>& chosen) const {
  std::vector<std::shared_ptr<Connection>> found;
  for (const auto& [_, connection] : connections_) {
    if (chosen(*connection)) found.push_back(connection);
  }
  return found;
}

void ConnectionSet::stop() {
  is_stopping_ = true;
  const auto idle = all_in([](const Connection& connection) {
    return connection.stage == Stage::idle && connection.unparsed.empty();
  });
  for (const auto& connection : idle) close(*connection);
}

// --- Reading ---

void ConnectionSet::wait_to_read(Connection& connection) {
  if (connection.waits_to_read) return;
  connection.socket.async_wait(Socket::wait_read,
                               [this, one = connection.shared_from_this()](const error_code&) {
                                 one->waits_to_read = false;
                                 guarded(*one, [&] { can_read(*one); });
                               });
  connection.waits_to_read = true;
}

void ConnectionSet::watch(Connection& connection) {
  if (connection.unparsed.size() < limits_.pipelined_bytes) wait_to_read(connection);
}

bool ConnectionSet::has_half_closed(Connection& connection) {
  char byte = 0;
  return ::recv(connection.socket.native_handle(), &byte, 1, MSG_PEEK | MSG_DONTWAIT) == 0;
}

void ConnectionSet::can_read(Connection& connection) {
  const bool is_read = connection.stage == Stage::idle || connection.stage == Stage::reading ||
                       connection.stage == Stage::held ||
                       connection.stage == Stage::saying_farewell;
  if (!is_read) return;  // its answer comes first
  // So does what was read behind the last request: go_on() has it in hand and waits anew.
  if (connection.stage == Stage::idle && !connection.unparsed.empty()) return;
  error_code error;
  const std::size_t size = connection.socket.read_some(asio::buffer(buffer_), error);
  if (is_not_ready(error)) return wait_to_read(connection);
  // Of what has ended only complete requests are answered, and whoever ends while it is held has
  // gone.
  if (error) return close(connection);
  const std::string_view bytes(buffer_.data(), size);
  if (connection.stage == Stage::held) {
    connection.unparsed += bytes;
    watch(connection);
  } else if (connection.stage == Stage::saying_farewell) {
    connection.dropped_bytes += size;
    if (connection.dropped_bytes > dropped_bytes_at_farewell) return close(connection);
    wait_to_read(connection);
  } else {
    take_bytes(connection, bytes);
  }
}

void ConnectionSet::take_bytes(Connection& connection, std::string_view bytes) {
  if (connection.stage == Stage::idle) {
    connection.stage = Stage::reading;
    connection.reader = std::make_unique<RequestReader>(limits_.request);
    // A new connection owes its head since it was opened.
    if (connection.requests > 0) deadline_in(connection, limits_.deadlines.head);
  }
  RequestReader& reader = *connection.reader;
  const bool had_head = reader.state() == RequestReader::State::body;
  const std::size_t taken = reader.read(bytes);
  count_reader(connection, reader.kept_bytes());
  if (reader.state() == RequestReader::State::refused) {
    const RequestRefusal refusal = reader.refusal();
    return refuse(connection, refusal.status, refusal.reason);
  }
  if (reader.state() == RequestReader::State::complete) {
    connection.unparsed = bytes.substr(taken);
    return request_is_complete(connection);
  }
  if (reader_bytes_ > limits_.request_bytes) {
    make_room_for_requests();
    if (connection.stage != Stage::reading) return;
  }
  if (reader.state() == RequestReader::State::body && !had_head) {
    deadline_in(connection, limits_.deadlines.body);
    if (reader.must_continue() && !say_continue(connection)) return close(connection);
  }
  wait_to_read(connection);
}

void ConnectionSet::count_reader(Connection& connection, std::size_t bytes) {
  reader_bytes_ += bytes;
  reader_bytes_ -= std::exchange(connection.reader_bytes, bytes);
}

void ConnectionSet::request_is_complete(Connection& connection) {
  CanonicalRequest request = connection.reader->take();
  connection.reader.reset();
  count_reader(connection, 0);
  DeadlineWheel::drop(connection);
  ++connection.requests;
  connection.close_after =
      request.close_after || connection.requests >= limits_.requests_of_connection;
  if (untaken_bytes_ > 2 * limits_.answer_bytes) make_room_for_answers();
  connection.stage = Stage::working;
  events_.request_came(connection, std::move(request));
}

// --- Answers ---

void ConnectionSet::refuse(Connection& connection, int status, std::string_view reason) {
  connection.close_after = true;
  begin_answer(connection, handler_.refusal(status, reason));
}

void ConnectionSet::turn_down(Connection& connection) {
  connection.close_after = true;
  begin_answer(connection, busy_answer_);
}

void ConnectionSet::begin_answer(Connection& connection, std::string bytes) {
  connection.reader.reset();
  count_reader(connection, 0);
  release_memory(connection.request);
  connection.answer = std::move(bytes);
  connection.written = 0;
  connection.progress_at = Clock::now();
  connection.stage = Stage::writing;
  untaken_bytes_ += connection.answer.size();
  const auto seconds = connection.answer.size() / limits_.deadlines.answer_bytes_per_second;
  deadline_in(connection, limits_.deadlines.answer + std::chrono::seconds(seconds));
  write(connection);
}

void ConnectionSet::write(Connection& connection) {
  while (connection.written < connection.answer.size()) {
    error_code error;
    const std::size_t size =
        connection.socket.write_some(asio::buffer(connection.answer) + connection.written, error);
    if (is_not_ready(error)) return wait_to_write(connection);
    if (error) return close(connection);
    connection.written += size;
    connection.progress_at = Clock::now();
  }
  untaken_bytes_ -= connection.answer.size();
  release_memory(connection.answer);
  if (connection.close_after || is_stopping_) {
    say_farewell(connection);
  } else {
    connection.stage = Stage::idle;
    deadline_in(connection, limits_.deadlines.idle);
    go_on(connection);
  }
  events_.answer_taken();
}

void ConnectionSet::wait_to_write(Connection& connection) {
  connection.socket.async_wait(Socket::wait_write,
                               [this, one = connection.shared_from_this()](const error_code&) {
                                 if (one->stage == Stage::writing)
                                   guarded(*one, [&] { write(*one); });
                               });
}

void ConnectionSet::go_on(Connection& connection) {
  if (connection.unparsed.empty()) return wait_to_read(connection);
  // Not from here: a client could make the stack as deep as it likes.
  asio::post(loop_, [this, one = connection.shared_from_this()] {
    if (one->stage != Stage::idle) return;
    const std::string bytes = std::exchange(one->unparsed, {});
    guarded(*one, [&] { take_bytes(*one, bytes); });
  });
}

// Closing at once would reset the connection if anything has come meanwhile, and the answer with
// it.
void ConnectionSet::say_farewell(Connection& connection) {
  connection.stage = Stage::saying_farewell;
  release_memory(connection.unparsed);
  error_code error;
  error = connection.socket.shutdown(Socket::shutdown_send, error);
  if (error) return close(connection);
  deadline_in(connection, limits_.deadlines.farewell);
  wait_to_read(connection);
}

// --- Memory ---

// The connection that holds most, of the address whose connections hold most together: when memory
// is short, who has taken it gives way, and not whoever comes next.
std::shared_ptr<Connection> ConnectionSet::greediest(std::size_t (*held)(const Connection&)) const {
  std::unordered_map<std::string_view, std::size_t> of_share;
  for (const auto& [_, connection] : connections_) of_share[connection->share] += held(*connection);
  const auto rank = [&](const Connection& connection) {
    return std::pair(of_share[connection.share], held(connection));
  };
  std::shared_ptr<Connection> found;
  for (const auto& [_, connection] : connections_) {
    if (held(*connection) == 0) continue;
    if (found == nullptr || rank(*connection) > rank(*found)) found = connection;
  }
  return found;
}

void ConnectionSet::make_room_for_answers() {
  const auto held = [](const Connection& connection) {
    return connection.stage == Stage::writing ? connection.answer.size() : std::size_t{0};
  };
  while (untaken_bytes_ > 2 * limits_.answer_bytes) {
    const auto holder = greediest(held);
    if (holder == nullptr) return;
    cut(*holder);
  }
}

void ConnectionSet::make_room_for_requests() {
  const auto held = [](const Connection& connection) { return connection.reader_bytes; };
  while (reader_bytes_ > limits_.request_bytes) {
    const auto holder = greediest(held);
    if (holder == nullptr) return;
    turn_down(*holder);
  }
}

// --- Time ---

void ConnectionSet::deadline_in(Connection& connection, std::chrono::milliseconds wait) {
  wheel_.set(connection, Clock::now() + wait);
}

void ConnectionSet::tick(Clock::time_point now) {
  wheel_.run(now, [this](DeadlineEntry& entry) {
    Connection& connection = static_cast<Connection&>(entry);
    guarded(connection, [&] { overdue(connection); });
  });
  if (untaken_bytes_ >= limits_.answer_bytes) cut_stalled(now);
}

void ConnectionSet::overdue(Connection& connection) {
  switch (connection.stage) {
    case Stage::reading:
      return refuse(connection, 408, "The request did not come in time.");
    case Stage::held:
      return events_.hold_is_over(connection);
    case Stage::writing:
      return cut(connection);
    default:
      return close(connection);
  }
}

// Slow readers must not keep the memory that the others' answers need.
void ConnectionSet::cut_stalled(Clock::time_point now) {
  const auto stalled = all_in([&](const Connection& connection) {
    return connection.stage == Stage::writing &&
           now - connection.progress_at > limits_.deadlines.stalled;
  });
  for (const auto& connection : stalled) cut(*connection);
}

}  // namespace yuanyue
