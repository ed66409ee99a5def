// What the connection loop asks of whoever answers requests.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace yuanyue {

// Who runs a request.
enum class Lane : std::uint8_t {
  quick,  // computes and reads
  slow,   // waits for a flush of the disk or a password hash, must not keep the others waiting
};

// Run this request again when one of the audiences has changed after `revision`, when the session
// has ended, and at the latest after `wait`.
struct Hold {
  std::vector<std::string> audiences;
  std::int64_t revision = 0;
  std::chrono::milliseconds wait{0};
  std::string session;  // its token's hash
  std::string user;
  std::string address;  // of the client, behind a proxy too
};

// What something that a request has started came to; the handler knows what it is.
struct RequestOutcome {
  RequestOutcome() = default;
  RequestOutcome(const RequestOutcome&) = delete;
  RequestOutcome& operator=(const RequestOutcome&) = delete;
  virtual ~RequestOutcome() = default;
};

// Runs the request again with the outcome. Any thread, once; nothing happens when the connection or
// the loop has gone.
using Resume = std::function<void(std::shared_ptr<const RequestOutcome>)>;

struct RequestJob {
  std::uint64_t connection = 0;
  std::string text;  // canonical, complete
  std::string address;
  int port = 0;
  bool close_after = false;  // the answer has to say so
  bool may_hold = false;
  bool was_held = false;
  std::uint64_t ends = 0;                         // of the hub, from before the request ran
  std::shared_ptr<const RequestOutcome> outcome;  // of what an earlier run has started
};

// Exactly one of the three.
struct RequestAnswer {
  std::string bytes;
  std::optional<Hold> hold;  // only when the job may be held
  bool comes_later = false;  // `resume` will be called
  bool close = false;        // the connection cannot be used on; with `bytes`
};

class RequestHandler {
 public:
  RequestHandler() = default;
  RequestHandler(const RequestHandler&) = delete;
  RequestHandler& operator=(const RequestHandler&) = delete;
  virtual ~RequestHandler() = default;

  // On a worker. A request that is held or comes later runs more than once: what runs before must
  // have no effect.
  virtual RequestAnswer run(const RequestJob& job, const Resume& resume) = 0;
  virtual Lane lane_of(std::string_view method, std::string_view target) const = 0;
  // The whole answer to what never becomes a request; it says that the connection is closed.
  virtual std::string refusal(int status, std::string_view reason) const = 0;
};

}  // namespace yuanyue
