// Lets the command line of this machine reach the process that serves: operations.h over a Unix
// socket that only the owner of the data folder can open.
#pragma once

#include <expected>
#include <memory>
#include <string>

#include "backend/admin/operations.h"

namespace yuanyue {

class AdminSocketServer {
 public:
  // Serves from its own thread until destroyed. The error is a sentence.
  static std::expected<std::unique_ptr<AdminSocketServer>, std::string> start(
      ParkProcess& process, const DataFolder& folder);
  ~AdminSocketServer();

 private:
  class Impl;
  explicit AdminSocketServer(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

// From the command line: through the socket when another process owns the folder, else in this
// process.
AdminResult call_operation(const DataFolder& folder, const std::string& name,
                           const nlohmann::json& input);

}  // namespace yuanyue
