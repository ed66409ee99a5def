// Tasks that wait for the engine loop, each with whoever is to be answered.
#pragma once

#include <functional>
#include <future>
#include <utility>
#include <variant>

#include "backend/engine_loop/engine_tasks.h"
#include "core/kernel/state.h"

namespace yuanyue {

// Whoever has pushed is answered once, whatever becomes of the job: `unavailable` when it is lost.
class PushAnswer {
 public:
  explicit PushAnswer(std::function<void(PushReply)> answer) : answer_(std::move(answer)) {}
  PushAnswer(PushAnswer&& other) noexcept : answer_(std::exchange(other.answer_, nullptr)) {}
  PushAnswer(const PushAnswer&) = delete;
  PushAnswer& operator=(PushAnswer&&) = delete;
  ~PushAnswer();
  void give(PushReply reply) noexcept;
  void forget() noexcept { answer_ = nullptr; }  // somebody else answers

 private:
  std::function<void(PushReply)> answer_;
};

struct PushJob {
  PushTask task;
  PushAnswer answer;
  PushReply reply;
};

struct ConsoleJob {
  ConsoleTask task;
  std::promise<ConsoleReply> answer;
  ConsoleReply reply;
};

struct ClockJob {
  Instant to;
  std::promise<bool> answer;
  bool moved = false;
};

struct InspectJob {
  std::function<void(const State&)> look;
  std::promise<void> answer;
};

using Job = std::variant<PushJob, ConsoleJob, ClockJob, InspectJob>;

// What it counts for in a batch that is bounded in commands; at least one.
std::size_t commands_in(const Job& job);

}  // namespace yuanyue
