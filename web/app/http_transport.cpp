#include "web/app/http_transport.h"

namespace yuanyue::web::app {

platform::HttpCallback HttpTransport::callback(sync::TransportTicket ticket) {
  return [this, ticket](const platform::HttpResponse& response) {
    requests_.erase(ticket);
    answered_(ticket, {response.status, response.body, response.retry_after_ms});
  };
}

void HttpTransport::start_push(sync::TransportTicket ticket, const std::string& path,
                               const std::string& body, std::int64_t timeout_ms) {
  requests_[ticket] =
      platform::http_post(path, body, timeout_ms, callback(ticket), platform::Redraw::if_changed);
}

void HttpTransport::start_pull(sync::TransportTicket ticket, const std::string& path,
                               std::int64_t timeout_ms) {
  requests_[ticket] =
      platform::http_get(path, timeout_ms, callback(ticket), platform::Redraw::if_changed);
}

void HttpTransport::abort(sync::TransportTicket ticket) {
  const auto found = requests_.find(ticket);
  if (found == requests_.end()) return;
  platform::http_abort(found->second);
}

}  // namespace yuanyue::web::app
