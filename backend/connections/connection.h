// One connection of the loop. Only the loop's thread touches it.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>

#include <boost/asio/ip/tcp.hpp>

#include "backend/connections/deadline_wheel.h"
#include "backend/connections/request_handler.h"
#include "backend/connections/request_reader.h"

namespace yuanyue {

struct Connection : DeadlineEntry, std::enable_shared_from_this<Connection> {
  // idle → reading → working → (held → woken → working) → writing → idle, or saying_farewell →
  // closed.
  enum class Stage : std::uint8_t {
    idle,
    reading,  // a request has begun
    working,  // it is with the workers, or waits for an outcome
    held,
    woken,  // waits for its turn with the workers
    writing,
    saying_farewell,  // all is written; the other side has to close
    closed,
  };

  Connection(std::uint64_t its_id, boost::asio::ip::tcp::socket its_socket)
      : id(its_id), socket(std::move(its_socket)) {}

  const std::uint64_t id;
  boost::asio::ip::tcp::socket socket;
  std::string address;
  std::string share;  // of the address; kept, for closing must not need memory
  int port = 0;
  Stage stage = Stage::idle;
  bool waits_to_read = false;  // there is one wait on the socket, never two
  bool close_after = false;    // the answer under way is the last
  bool comes_later = false;    // an outcome is waited for
  std::size_t requests = 0;

  std::unique_ptr<RequestReader> reader;  // while a request comes in
  std::size_t reader_bytes = 0;           // of it, as counted
  std::string unparsed;                   // behind the request under way
  std::string request;                    // canonical; while it is held or comes later
  std::shared_ptr<const RequestOutcome> outcome;
  std::chrono::steady_clock::time_point hold_until;  // of the request under way; none: epoch
  bool may_hold = true;

  std::string answer;
  std::size_t written = 0;
  std::size_t dropped_bytes = 0;  // read and not looked at while saying farewell
  std::chrono::steady_clock::time_point progress_at;
};

}  // namespace yuanyue
