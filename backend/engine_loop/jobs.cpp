#include "backend/engine_loop/jobs.h"

#include <algorithm>
#include <new>

#include "backend/log/log.h"

namespace yuanyue {

PushAnswer::~PushAnswer() {
  PushReply lost;
  lost.error = wire::ErrorCode::unavailable;
  if (answer_) give(std::move(lost));
}

void PushAnswer::give(PushReply reply) noexcept {
  const auto answer = std::exchange(answer_, nullptr);
  try {
    answer(std::move(reply));
  } catch (const std::bad_alloc&) {
    log_event(LogLevel::error, "push_not_answered");  // its connection ends by its deadline
  }
}

std::size_t commands_in(const Job& job) {
  std::size_t commands = 0;
  if (const auto* push = std::get_if<PushJob>(&job)) commands = push->task.request.commands.size();
  if (const auto* console = std::get_if<ConsoleJob>(&job)) commands = console->task.commands.size();
  return std::max<std::size_t>(1, commands);
}

}  // namespace yuanyue
