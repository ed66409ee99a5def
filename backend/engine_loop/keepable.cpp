#include "backend/engine_loop/keepable.h"

#include "core/domains/codec.h"

namespace yuanyue {

namespace {

std::string why(const wire::DecodeError& error) {
  return std::string(wire::to_string(error.code)) + " at " + error.path;
}

}  // namespace

std::optional<std::string> unreadable_part(const Outcome& outcome) {
  for (const RowChange& change : outcome.changes()) {
    if (!change.after()) continue;
    const auto row = wire::decode_row(wire::encode(change.after()));
    if (row) continue;
    return "row " + std::string(change.type->name) + " " + wire::encode(key_of(change.after())) +
           ": " + why(row.error());
  }
  for (const LedgerEntry& entry : outcome.ledger) {
    const auto read = wire::decode_ledger_entry(wire::encode(entry));
    if (read) continue;
    return "ledger entry " + std::string(entry.kind.name()) + ": " + why(read.error());
  }
  return std::nullopt;
}

std::optional<std::string> unreadable_part(const wire::CommandResult& result) {
  if (!result.rejection) return std::nullopt;  // numbers and an id
  const auto read = wire::decode_command_result(wire::encode(result));
  if (read) return std::nullopt;
  return "result " + std::string(result.rejection->code.name()) + ": " + why(read.error());
}

}  // namespace yuanyue
