// The HTTP server: takes requests, guards them, dispatches by the route table, serves the page,
// answers with security headers. Blocking; run() returns after stop().
#pragma once

#include <memory>
#include <string>

#include "backend/http/app_services.h"

namespace yuanyue {

class WebServer {
 public:
  explicit WebServer(AppServices services);
  ~WebServer();
  WebServer(const WebServer&) = delete;
  WebServer& operator=(const WebServer&) = delete;

  // The port that it listens on, or 0 when it cannot.
  int bind();
  void run();
  void stop();  // any thread; requests under way are finished

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace yuanyue
