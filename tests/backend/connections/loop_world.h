// A connection loop on a thread of its own, with a handler that tests steer, and plain clients.
#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <thread>

#include "backend/connections/connection_loop.h"
#include "core/people/ids.h"
#include "tests/backend/support/failing_memory.h"

namespace yuanyue {

// GET /echo: the request line. GET /wait?N: "news of R" when the revision is beyond N, held up to
// ten seconds for session and user "s" and "u" of its Cookie and address of X-Address; 401 once the
// session has ended. GET /big?N: N bytes. POST /later: answered from another thread. POST /slow:
// blocks until it is let go, in the slow lane. GET /arm?N: the Nth allocation of the loop's thread
// from now on fails; GET /disarm ends that.
class TestHandler : public RequestHandler {
 public:
  explicit TestHandler(ChangeHub& hub) : hub_(hub) {}

  RequestAnswer run(const RequestJob& job, const Resume& resume) override;
  Lane lane_of(std::string_view, std::string_view target) const override;
  std::string refusal(int status, std::string_view reason) const override;

  void publish(const std::string& audience = "everyone");
  void end_session();
  void let_go();

  std::atomic<std::int64_t> revision{1};
  std::atomic<int> runs{0};
  std::atomic<bool> session_lives{true};
  mutable std::atomic<bool> has_failed{false};  // an allocation of the loop's thread, when disarmed
  // Called between what a held request has read and its parking.
  std::function<void()> after_reading;

 private:
  RequestAnswer wait(const RequestJob& job, std::int64_t after);

  ChangeHub& hub_;
  mutable std::optional<FailingMemory> failing_;  // of the loop's thread
  std::mutex mutex_;
  std::condition_variable changed_;
  bool let_go_ = false;
};

struct Response {
  int status = 0;  // 0: the connection ended without an answer
  std::string head;
  std::string body;
};

class TestClient {
 public:
  // `from`: its address.
  explicit TestClient(int port, int receive_buffer = 0, const char* from = "127.0.0.1");
  ~TestClient();
  TestClient(TestClient&& other) noexcept;
  TestClient(const TestClient&) = delete;

  // False when the other side does not take it.
  bool send(std::string_view bytes) const;
  void ask(const std::string& target, const std::string& fields = {}) const;
  Response answer();
  // Nothing more comes: closed by the other side within the time.
  bool is_closed_within(std::chrono::milliseconds wait);
  // Takes at most so many bytes of what has come, and forgets them; false when it has ended.
  bool take(std::size_t bytes) const;
  void end_sending() const;
  // The bytes and the end in one segment: nobody can see the one without the other.
  void send_last(std::string_view bytes) const;
  void close();

 private:
  bool receive();

  int socket_ = -1;
  std::string received_;
};

class LoopWorld {
 public:
  explicit LoopWorld(ConnectionLimits limits = {});
  ~LoopWorld() { stop(); }

  TestClient connect(int receive_buffer = 0, const char* from = "127.0.0.1") const {
    return TestClient(port, receive_buffer, from);
  }
  // Returns when the loop has ended.
  void stop();
  // Until so many are held, at most twenty seconds.
  bool holds(std::size_t count) const;
  bool has_connections(std::size_t count) const;

  ChangeHub hub;
  TestHandler handler{hub};
  ConnectionLoop loop;
  int port = 0;

 private:
  std::thread thread_;
};

}  // namespace yuanyue
