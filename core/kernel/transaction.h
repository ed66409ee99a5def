// The hand that commands write with: each change goes into the State at once and is remembered, so
// that later rules of the same command see it and a refusal can take all of it back.
#pragma once

#include <utility>

#include "core/kernel/envelope.h"
#include "core/kernel/outcome.h"
#include "core/kernel/state.h"

namespace yuanyue {

class Transaction {
 public:
  Transaction(State& state, const Envelope& envelope) : state_(state), envelope_(envelope) {
    outcome_.changes.reserve(usual_changes);
  }

  const State& state() const { return state_; }
  Instant now() const { return envelope_.now; }
  const Actor& actor() const { return envelope_.actor; }

  void put(Row row);
  void erase(const RowKey& key);

  // A ledger entry with id, instant, actor and command filled in; the caller sets the rest.
  LedgerEntry& record(LedgerKind kind, const EnterpriseId& enterprise);
  // Id and instant are filled in.
  void notify(Notification notification);

  // The next id derived from the command's, for rows that the command makes.
  Uuid next_id() { return derive(envelope_.id, derived_++); }

  Outcome take_outcome() { return std::move(outcome_); }
  void roll_back();

 private:
  static constexpr std::size_t usual_changes = 4;  // a booking and its blocks; rows are large

  State& state_;
  const Envelope& envelope_;
  Outcome outcome_;
  std::uint64_t derived_ = 0;
};

}  // namespace yuanyue
