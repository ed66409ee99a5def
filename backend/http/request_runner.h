// Runs whole requests through cpp-httplib in memory: routing, handlers, hooks and the form of
// answers are the library's, sockets and framing the connection loop's.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "backend/connections/request_handler.h"
#include "backend/http/httplib_config.h"

namespace yuanyue {

// Of the request that this thread runs: what its handler may know and want beyond an answer.
struct RequestRun {
  bool may_hold = false;
  const RequestOutcome* outcome = nullptr;  // of what an earlier run has started
  Resume resume;
  std::optional<Hold> hold;  // set: the answer is thrown away, and the request run again
  bool comes_later = false;  // the same, when `resume` is called
};

class RequestRunner : public httplib::Server {
 public:
  RequestAnswer run_in_memory(const RequestJob& job, const Resume& resume);
  // On the thread of a handler; null when the request came another way.
  static RequestRun* current();
};

}  // namespace yuanyue
