// All open connections: reads requests from them, writes answers to them, ends them in time. Runs
// on the loop's thread.
#pragma once

#include <array>
#include <cstdint>
#include <exception>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>

#include "backend/connections/connection.h"
#include "backend/connections/connection_loop.h"
#include "backend/connections/deadline_wheel.h"
#include "backend/connections/held_requests.h"

namespace yuanyue {

// Told by the set to whoever has requests answered.
class ConnectionEvents {
 public:
  ConnectionEvents() = default;
  ConnectionEvents(const ConnectionEvents&) = delete;
  ConnectionEvents& operator=(const ConnectionEvents&) = delete;
  virtual ~ConnectionEvents() = default;

  // Its stage is `working`; it waits for begin_answer().
  virtual void request_came(Connection& connection, CanonicalRequest request) = 0;
  virtual void hold_is_over(Connection& connection) = 0;
  // All of an answer has been taken.
  virtual void answer_taken() = 0;
  virtual void closed(Connection& connection) = 0;  // with the stage that it had
};

class ConnectionSet {
 public:
  using Socket = boost::asio::ip::tcp::socket;
  using Clock = std::chrono::steady_clock;

  ConnectionSet(boost::asio::io_context& loop, ConnectionEvents& events,
                const RequestHandler& handler, const ConnectionLimits& limits);

  void add(Socket socket);
  // Null when it has gone.
  std::shared_ptr<Connection> find(std::uint64_t id) const;
  std::size_t size() const { return connections_.size(); }
  // Bytes of answers that are being written.
  std::size_t untaken_bytes() const { return untaken_bytes_; }

  // The deadline of a connection that is neither read nor written.
  void set_deadline(Connection& connection, Clock::time_point at) { wheel_.set(connection, at); }
  // While it is held: notices when the other side ends, keeps what it sends.
  void watch(Connection& connection);
  // The other side had ended when the request was complete; it waits for the answer.
  static bool has_half_closed(Connection& connection);
  void begin_answer(Connection& connection, std::string bytes);
  // 503, and the end of the connection.
  void turn_down(Connection& connection);
  // What cannot be had for one connection, memory above all, is that connection's end. The guard
  // itself asks for none.
  template <class Step>
  void guarded(Connection& connection, const Step& step) {
    const auto keep = connection.shared_from_this();
    try {
      step();
    } catch (const std::exception& error) {
      has_failed(connection, error);
    }
  }

  void tick(Clock::time_point now);
  // From now on every answer is the last of its connection; what idles is closed.
  void stop();
  void close_all();

 private:
  void turn_away(Socket& socket);
  void has_failed(Connection& connection, const std::exception& error);
  void close(Connection& connection);
  void cut(Connection& connection);
  std::shared_ptr<Connection> greediest(std::size_t (*held)(const Connection&)) const;
  void make_room_for_answers();
  void make_room_for_requests();
  void deadline_in(Connection& connection, std::chrono::milliseconds wait);
  void wait_to_read(Connection& connection);
  void can_read(Connection& connection);
  void take_bytes(Connection& connection, std::string_view bytes);
  void request_is_complete(Connection& connection);
  void count_reader(Connection& connection, std::size_t bytes);
  void refuse(Connection& connection, int status, std::string_view reason);
  void write(Connection& connection);
  void wait_to_write(Connection& connection);
  void go_on(Connection& connection);
  void say_farewell(Connection& connection);
  void overdue(Connection& connection);
  void cut_stalled(Clock::time_point now);
  std::vector<std::shared_ptr<Connection>> all_in(
      const std::function<bool(const Connection&)>& chosen) const;

  boost::asio::io_context& loop_;
  ConnectionEvents& events_;
  const RequestHandler& handler_;
  const ConnectionLimits limits_;
  const std::string busy_answer_;
  DeadlineWheel wheel_;
  std::unordered_map<std::uint64_t, std::shared_ptr<Connection>> connections_;
  std::uint64_t last_id_ = 0;
  Shares addresses_;
  std::size_t untaken_bytes_ = 0;
  std::size_t reader_bytes_ = 0;  // of requests that are not complete
  bool is_stopping_ = false;
  std::array<char, 64 * 1024> buffer_{};
};

}  // namespace yuanyue
