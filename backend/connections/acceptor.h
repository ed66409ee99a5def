// Listens and accepts. Runs on the loop's thread.
#pragma once

#include <functional>
#include <string>

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>

namespace yuanyue {

class Acceptor {
 public:
  using Socket = boost::asio::ip::tcp::socket;

  Acceptor(boost::asio::io_context& loop, std::function<void(Socket)> accepted)
      : loop_(loop), acceptor_(loop), accepted_(std::move(accepted)) {}

  // The port, or 0.
  int bind(const std::string& host, int port);
  // Accepts from now on, unless it does already. Call it now and then: without descriptors or
  // memory it gives up until the next call.
  void go_on();
  void close();

 private:
  bool listen_on(const boost::asio::ip::tcp::endpoint& at);
  void accept_all();

  boost::asio::io_context& loop_;
  boost::asio::ip::tcp::acceptor acceptor_;
  std::function<void(Socket)> accepted_;
  bool waits_ = false;
  bool is_stuck_ = false;  // the last accept failed for a reason of ours
};

}  // namespace yuanyue
