#include "backend/engine_loop/known_results.h"

#include "backend/log/log.h"

namespace yuanyue {

void KnownResults::look_up(Store& store, const std::vector<std::string>& commands) {
  results_.clear();
  fault_.reset();
  if (commands.empty()) return;
  if (auto results = store.results(commands)) {
    results_ = *std::move(results);
  } else {
    fault_ = results.error().fault;
    log_event(LogLevel::error, "result_lookup_failed", {{"message", results.error().message}});
  }
}

std::optional<std::string> KnownResults::answer(const UserId& user,
                                                const wire::PushedCommand& pushed) const {
  const auto known = results_.find(to_string(pushed.id));
  if (known == results_.end()) return std::nullopt;
  auto result = wire::decode_command_result(known->second.json);
  if (!result || known->second.user != to_string(user)) {
    // Somebody else's command id: say nothing about it.
    wire::CommandResult taken;
    taken.id = pushed.id;
    taken.rejection = Rejection{};
    taken.rejection->code = RejectionCode::already_exists;
    result = taken;
  }
  result->seq = pushed.seq;
  return wire::encode(*result);
}

bool KnownResults::add(const ResultWrite& result) {
  const auto known = results_.find(result.command);
  if (known != results_.end() && known->second.user != result.user) return false;
  results_.insert_or_assign(result.command, StoredResult{result.client, result.user, result.json});
  return true;
}

}  // namespace yuanyue
