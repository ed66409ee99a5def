#include "core/kernel/engine.h"

#include <algorithm>
#include <array>
#include <utility>

#include "core/kernel/authorize.h"
#include "core/kernel/refusals.h"
#include "core/kernel/run_due.h"
#include "core/kernel/transaction.h"

namespace yuanyue {

namespace {

// Whatever was refused, its sender can look again.
std::unexpected<Rejection> refused(Rejection rejection) {
  if (rejection.ways.empty()) rejection.ways.push_back({{ways::refresh, no_detail}});
  return std::unexpected(std::move(rejection));
}

}  // namespace

Result<Outcome> execute(State& state, const Envelope& envelope) {
  if (auto refusal = authorize(state, envelope.actor, envelope.command)) {
    return refused(*std::move(refusal));
  }
  Transaction transaction(state, envelope);
  auto refusal = envelope.command.type().decide(transaction, envelope.command.get());
  if (refusal) {
    transaction.roll_back();
    return refused(*std::move(refusal));
  }
  transaction.react();
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

namespace {

// Writes `row`, or takes out the row that `gone` is when there is none.
void write(State& state, const RowRef& row, const RowRef& gone) {
  struct Room {
    alignas(std::max_align_t) std::array<std::byte, most_row_bytes> bytes;
  };
  Room before;
  Room copy;
  const RowTypeBase& type = row ? row.type() : gone.type();
  if (row) {
    type.copy(copy.bytes.data(), row.get());
    if (type.put(state, copy.bytes.data(), before.bytes.data())) type.destroy(before.bytes.data());
    type.destroy(copy.bytes.data());
  } else if (type.erase(state, key_of(gone), before.bytes.data())) {
    type.destroy(before.bytes.data());
  }
}

}  // namespace

void apply(State& state, const Outcome& outcome) {
  for (const RowChange& change : outcome.changes()) write(state, change.after(), change.before());
}

void revert(State& state, const Outcome& outcome) {
  for (auto change = outcome.changes().rbegin(); change != outcome.changes().rend(); ++change) {
    write(state, change->before(), change->after());
  }
}

Instant next_timer(const State& state) {
  const Due* due = state.next_due();
  return due == nullptr ? never : due->at;
}

Instant next_due(const State& state) { return std::min(next_timer(state), state.next_archiving()); }

std::optional<Outcome> run_due(State& state, Instant now, const CommandId& id) {
  if (next_due(state) > now) return std::nullopt;
  const Envelope envelope{id, {ActorKind::system, {}}, now, RunDue{}};
  auto outcome = execute(state, envelope);
  require(outcome.has_value());
  return *std::move(outcome);
}

}  // namespace yuanyue
