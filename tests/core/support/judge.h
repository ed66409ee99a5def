// A judge beside the engine: sees every decided command, knows the park only as plain rows, and
// says which rule was broken, in either direction. Too generous: accepted although a rule forbids
// it, a row changed that the command has no right to, somebody served who may not be or before his
// turn, a hold that is longer than the rule. Too strict: refused although nothing speaks against it
// or for a reason that does not hold, something due that was not done. And what was written down of
// it (ledger, messages) must say just what happened.
//
// The rules stand in judge_book and judge_verdict once more, from docs/decisions.md; change them
// there first when a rule changes.
#pragma once

#include <string>
#include <vector>

#include "core/kernel/command.h"
#include "core/kernel/outcome.h"
#include "tests/core/support/judge_picture.h"

namespace yuanyue::worlds {

class Judge {
 public:
  // The park as it is now, taken for right.
  void begin(const State& state) { picture_.take(state); }
  // For setting up.
  void put(const AnyRow& row) { picture_.put(row); }

  // Sentences about what is wrong with one decision; empty when it is right. Call for every command
  // and timer, in order.
  std::vector<std::string> see(const Envelope& envelope, const Result<Outcome>& result);
  // The decision seen last was taken back.
  void take_back(const Outcome& outcome) { picture_.take_back(outcome); }

  const Picture& picture() const { return picture_; }

 private:
  Picture picture_;
};

}  // namespace yuanyue::worlds
