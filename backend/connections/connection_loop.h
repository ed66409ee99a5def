// Owns every connection: one thread accepts, reads, holds and writes, a few workers run whole
// requests. A connection costs a descriptor and two kilobytes, no thread, whether it
// idles, drips or is held.
#pragma once

#include <chrono>
#include <cstddef>
#include <memory>
#include <string>

#include "backend/connections/held_requests.h"
#include "backend/connections/request_handler.h"
#include "backend/connections/request_reader.h"
#include "backend/engine_loop/change_hub.h"

namespace yuanyue {

// Totals from the first byte on, never per read: who drips is as slow as who is silent.
struct ConnectionDeadlines {
  std::chrono::milliseconds head{10'000};  // of a new connection: until its head is complete
  std::chrono::milliseconds body{20'000};
  std::chrono::milliseconds answer{30'000};  // and a second for each answer_bytes_per_second
  std::size_t answer_bytes_per_second = 16 * 1024;
  std::chrono::milliseconds idle{75'000};     // longer than Keep-Alive announces and proxies wait
  std::chrono::milliseconds farewell{1'000};  // for the other side to close after the last answer
  std::chrono::milliseconds outcome{60'000};  // of what a request has started
  std::chrono::milliseconds stalled{2'000};   // not a byte taken, while answers fill the memory
  std::chrono::milliseconds stop{10'000};
};

struct ConnectionLimits {
  std::size_t connections = 16'384;
  std::size_t of_address = 4'096;
  std::size_t requests_of_connection = 10'000;  // then it is closed
  std::size_t workers = 4;
  std::size_t slow_workers = 8;
  std::size_t waiting_requests = 1'024;  // for a worker; beyond: 503
  std::size_t waiting_slow_requests = 64;
  // Not taken yet. Beyond, who takes nothing is cut; beyond twice as much, who holds most.
  std::size_t answer_bytes = 64 * 1024 * 1024;
  // Of requests that are not complete. Beyond, who holds most is answered 503.
  std::size_t request_bytes = 64 * 1024 * 1024;
  std::size_t pipelined_bytes = 32 * 1024;  // read behind a request that is held
  RequestLimits request;
  HoldLimits held;
  ConnectionDeadlines deadlines;
};

class ConnectionLoop {
 public:
  // Referents outlive the loop.
  ConnectionLoop(RequestHandler& handler, ChangeHub& hub, const ConnectionLimits& limits);
  ~ConnectionLoop();
  ConnectionLoop(const ConnectionLoop&) = delete;
  ConnectionLoop& operator=(const ConnectionLoop&) = delete;

  // The port that it listens on, or 0 when it cannot. Port 0: any free one. Throws std::bad_alloc
  // or std::system_error when there is no memory or no thread for it.
  int bind(const std::string& host, int port);
  // Serves on this thread until stop() and all answers are out, at most `deadlines.stop` longer.
  void run();
  void stop();  // any thread

  // Any thread, for tests and the log.
  std::size_t connections() const;
  std::size_t held() const;

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

// Raises the soft limit of open files to the hard one and gives it.
std::size_t raise_descriptor_limit();
// What is left for connections when the store, logs and the page's files have theirs; at least 16.
std::size_t connections_for(std::size_t descriptors);

}  // namespace yuanyue
