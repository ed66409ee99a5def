#include "backend/connections/acceptor.h"

#include <utility>

#include <boost/asio/ip/v6_only.hpp>

#include "backend/log/log.h"

namespace yuanyue {

namespace asio = boost::asio;
using boost::system::error_code;
using tcp = asio::ip::tcp;

namespace {

constexpr int backlog = 4'096;  // the kernel's somaxconn bounds it
constexpr int accepted_at_once = 64;

// Somebody connected and was gone before he was accepted.
bool is_of_the_peer(const error_code& error) {
  return error == asio::error::connection_aborted || error == asio::error::connection_reset ||
         error == asio::error::interrupted || error.value() == EPROTO;
}

}  // namespace

int Acceptor::bind(const std::string& host, int port) {
  error_code error;
  tcp::resolver resolver(loop_);
  const auto found = resolver.resolve(host, std::to_string(port), tcp::resolver::passive, error);
  if (error) return 0;
  for (const auto& entry : found) {
    if (listen_on(entry.endpoint())) return acceptor_.local_endpoint(error).port();
    error = acceptor_.close(error);
  }
  return 0;
}

bool Acceptor::listen_on(const tcp::endpoint& at) {
  error_code error;
  if (acceptor_.open(at.protocol(), error)) return false;
  // No SO_REUSEPORT: another process must not be able to listen beside us.
  error = acceptor_.set_option(tcp::acceptor::reuse_address(true), error);
  if (at.address().is_v6()) error = acceptor_.set_option(asio::ip::v6_only(false), error);
  if (acceptor_.bind(at, error)) return false;
  if (acceptor_.listen(backlog, error)) return false;
  error = acceptor_.non_blocking(true, error);
  return !error;
}

void Acceptor::close() {
  error_code error;
  error = acceptor_.close(error);
}

void Acceptor::go_on() {
  if (waits_ || !acceptor_.is_open()) return;
  acceptor_.async_wait(tcp::acceptor::wait_read, [this](const error_code& error) {
    waits_ = false;
    if (!error && acceptor_.is_open()) accept_all();
  });
  waits_ = true;
}

void Acceptor::accept_all() {
  for (int i = 0; i < accepted_at_once; ++i) {
    error_code error;
    Socket socket(loop_);
    error = acceptor_.accept(socket, error);
    if (!error) {
      is_stuck_ = false;
      accepted_(std::move(socket));
    } else if (error == asio::error::would_block) {
      break;
    } else if (!is_of_the_peer(error)) {
      if (!std::exchange(is_stuck_, true)) {
        log_event(LogLevel::warn, "not_accepted", {{"message", error.message()}});
      }
      return;
    }
  }
  go_on();
}

}  // namespace yuanyue
