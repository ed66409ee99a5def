#include "core/kernel/engine.h"

#include <utility>
#include <variant>

#include "core/domains/authorize.h"
#include "core/kernel/transaction.h"

namespace yuanyue {

namespace {

// Whatever was refused, its sender can look again.
std::unexpected<Rejection> refused(Rejection rejection) {
  if (rejection.ways.empty()) rejection.ways.push_back({.kind = WayKind::refresh});
  return std::unexpected(std::move(rejection));
}

}  // namespace

Result<Outcome> execute(State& state, const Envelope& envelope) {
  if (auto refusal = authorize(state, envelope.actor, envelope.command)) {
    return refused(*std::move(refusal));
  }
  Transaction transaction(state, envelope);
  auto refusal = std::visit([&](const auto& command) { return decide(transaction, command); },
                            envelope.command);
  if (refusal) {
    transaction.roll_back();
    return refused(*std::move(refusal));
  }
  return transaction.take_outcome();
}

Result<Outcome> suppose(State& state, const Envelope& envelope,
                        const std::function<void(const State&)>& look) {
  auto outcome = execute(state, envelope);
  if (!outcome) return outcome;
  look(state);
  revert(state, *outcome);
  return outcome;
}

Result<Outcome> decide(State& state, const Envelope& envelope) {
  return suppose(state, envelope, [](const State&) {});
}

void apply(State& state, const Outcome& outcome) {
  for (const RowChange& change : outcome.changes) {
    if (change.after) {
      state.put(*change.after);
    } else {
      state.erase(key_of(*change.before));
    }
  }
}

void revert(State& state, const Outcome& outcome) {
  for (auto change = outcome.changes.rbegin(); change != outcome.changes.rend(); ++change) {
    if (change->before) {
      state.put(*change->before);
    } else {
      state.erase(key_of(*change->after));
    }
  }
}

Instant next_due(const State& state) {
  const Due* due = state.next_due();
  return due == nullptr ? never : due->at;
}

std::optional<Outcome> run_due(State& state, Instant now, const CommandId& id) {
  const Due* due = state.next_due();
  if (due == nullptr || due->at > now) return std::nullopt;
  const Envelope envelope{id, {ActorKind::system, {}}, now, RunDue{}};
  auto outcome = execute(state, envelope);
  if (!outcome) return std::nullopt;  // RunDue is never refused
  return *std::move(outcome);
}

}  // namespace yuanyue
