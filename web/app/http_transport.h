// The sync client's way to the server: the browser's own requests.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <unordered_map>

#include "core/sync/sync_transport.h"
#include "web/bridge/platform.h"

namespace yuanyue::web::app {

class HttpTransport final : public sync::SyncTransport {
 public:
  using Answered = std::function<void(sync::TransportTicket, const sync::TransportAnswer&)>;
  explicit HttpTransport(Answered answered) : answered_(std::move(answered)) {}

  void start_push(sync::TransportTicket ticket, const std::string& path, const std::string& body,
                  std::int64_t timeout_ms) override;
  void start_pull(sync::TransportTicket ticket, const std::string& path,
                  std::int64_t timeout_ms) override;
  void abort(sync::TransportTicket ticket) override;

 private:
  platform::HttpCallback callback(sync::TransportTicket ticket);

  Answered answered_;
  std::unordered_map<sync::TransportTicket, std::uint32_t> requests_;
};

}  // namespace yuanyue::web::app
