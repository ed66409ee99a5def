// How the sync client speaks to the server. The host sends with the session's cookie and CSRF
// header.
#pragma once

#include <cstdint>
#include <string>

namespace yuanyue::sync {

using TransportTicket = std::uint64_t;

struct TransportAnswer {
  int status = 0;  // HTTP; 0: no answer (offline, timed out, aborted)
  std::string body;
  std::int64_t retry_after_ms = 0;  // from Retry-After; 0: absent
};

// Methods must not call back into the sync client: each start is answered later, exactly once, by
// SyncClient::transport_answered, an aborted one by status 0 or not at all.
class SyncTransport {
 public:
  virtual ~SyncTransport() = default;
  // POST with a JSON body.
  virtual void start_push(TransportTicket ticket, const std::string& path, const std::string& body,
                          std::int64_t timeout_ms) = 0;
  // GET.
  virtual void start_pull(TransportTicket ticket, const std::string& path,
                          std::int64_t timeout_ms) = 0;
  virtual void abort(TransportTicket ticket) = 0;
};

}  // namespace yuanyue::sync
