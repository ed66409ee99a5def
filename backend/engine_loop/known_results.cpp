#include "backend/engine_loop/known_results.h"

#include "backend/log/log.h"
#include "core/domains/codec.h"
#include "core/kernel/refusals.h"

namespace yuanyue {

void KnownResults::look_up(Store& store, const std::vector<std::string>& commands) {
  results_.clear();
  fault_.reset();
  if (commands.empty()) return;
  auto results = store.results(commands);
  if (!results) return failed(results.error());
  results_ = *std::move(results);
  look_up_forgotten(store, commands);
}

void KnownResults::look_up_forgotten(Store& store, const std::vector<std::string>& commands) {
  std::vector<std::string> unknown;
  for (const std::string& command : commands) {
    if (!results_.contains(command)) unknown.push_back(command);
  }
  const auto named = store.named_commands(unknown);
  if (!named) return failed(named.error());
  for (const auto& [command, found] : *named) {
    const auto entry = wire::decode_ledger_entry(found.entry);
    const auto id = parse_uuid(command);
    if (!entry || !id) continue;
    wire::CommandResult result;
    result.seq = 1;  // that of who asks comes with the answer
    result.id = CommandId(*id);
    result.accepted = true;
    result.revision = static_cast<std::uint64_t>(found.revision);
    results_.emplace(command, StoredResult{{}, to_string(entry->actor), wire::encode(result)});
  }
}

void KnownResults::failed(const StoreError& error) {
  fault_ = error.fault;
  log_event(LogLevel::error, "result_lookup_failed", {{"message", error.message}});
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
    taken.rejection = refuse(refusals::already_exists, no_detail);
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
