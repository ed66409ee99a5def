// What is asked of the engine loop, and what is answered.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "backend/store/store.h"
#include "core/protocol/protocol.h"

namespace yuanyue {

// Answers; `error` unset means it is committed.
struct PushReply {
  std::optional<wire::ErrorCode> error;
  Instant server_now;
  std::uint64_t last_seq = 0;
  std::vector<std::string> results;  // JSON of CommandResult, one per pushed command
  std::optional<StoreFault> fault;   // with `unavailable`: why it could not be saved
};

struct ConsoleReply {
  bool unavailable = false;
  std::optional<Rejection> rejection;
  std::size_t rejected_command = 0;  // its place in the task, when rejected
};

struct PushTask {
  UserId user;
  wire::PushRequest request;
};

// All commands or none, in one commit with the credentials, however many they are.
struct ConsoleTask {
  Actor actor{ActorKind::console, {}};
  std::vector<AnyCommand> commands;
  std::vector<CredentialWrite> credentials;
};

}  // namespace yuanyue
