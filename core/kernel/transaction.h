// The hand that commands write with: each change goes into the State at once and is remembered, so
// that later rules of the same command see it and a refusal can take all of it back.
#pragma once

#include <type_traits>
#include <utility>
#include <vector>

#include "core/kernel/command.h"
#include "core/kernel/fact.h"
#include "core/kernel/outcome.h"
#include "core/kernel/state.h"

namespace yuanyue {

class Transaction {
 public:
  Transaction(State& state, const Envelope& envelope) : state_(state), envelope_(envelope) {}

  const State& state() const { return state_; }
  Instant now() const { return envelope_.now; }
  const Actor& actor() const { return envelope_.actor; }

  template <IsRow Row>
  void put(Row row) {
    put_row(Row::type, &row);
  }
  template <IsKey Key>
  void erase(const Key& key) {
    erase_row(key);
  }

  // Takes a finished row out of State; it stays in the store for good.
  void archive(const AnyKey& key);

  // Takes every row of this owner out of State, of whatever domain, when all reactions have run.
  void erase_all_of(const Owner& owner) { erased_owners_.push_back(owner); }

  // For domains that may react to it before the command is over.
  template <IsFact Fact>
  void publish(Fact fact) {
    published_.emplace_back(std::move(fact));
  }

  // A ledger entry with id, instant, actor and command filled in; the caller may add a note.
  template <class Detail>
  LedgerEntry& record(const EventKind<Detail>& kind, const EnterpriseId& enterprise,
                      const std::type_identity_t<Detail>& detail) {
    return record_event({kind, detail}, enterprise);
  }

  // The next id derived from the command's, for rows that the command makes.
  Uuid next_id() { return derive(envelope_.id, derived_++); }

  // The reactions of the domains, in the order of the facts; then what is erased goes.
  void react();
  Outcome take_outcome() { return std::move(outcome_); }
  void roll_back();

 private:
  LedgerEntry& record_event(Event event, const EnterpriseId& enterprise);
  void put_row(const RowTypeBase& type, void* row);
  void erase_row(const AnyKey& key);
  void erase_rows_of_owners();

  State& state_;
  const Envelope& envelope_;
  Outcome outcome_;
  std::vector<AnyFact> published_;
  std::vector<Owner> erased_owners_;
  std::uint64_t derived_ = 0;
};

}  // namespace yuanyue
