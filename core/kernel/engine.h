// The state machine. Every replica runs the same one.
//
// A command may change many rows in a chain (a freed seat goes to the queue, whose swap frees
// another), and each link must see the ones before it, so execute() writes through to the State as
// it decides and takes everything back if the command is refused.
#pragma once

#include <functional>
#include <optional>

#include "core/kernel/command.h"
#include "core/kernel/outcome.h"
#include "core/kernel/state.h"

namespace yuanyue {

// Decides and, if accepted, applies. On a refusal the state is as before.
// Requires: no timer at or before envelope.now (the server's engine sees to it with run_due; a
// browser, which holds only a part of the state, does not run timers).
Result<Outcome> execute(State& state, const Envelope& envelope);

// Decides, shows `look` the state as it would be then, and takes everything back. `look` is not
// called for what is refused.
Result<Outcome> suppose(State& state, const Envelope& envelope,
                        const std::function<void(const State&)>& look);

// Decides only: the state is as before either way.
Result<Outcome> decide(State& state, const Envelope& envelope);

// Writes an outcome's changes into a state that is as it was when the outcome was decided.
void apply(State& state, const Outcome& outcome);

// Takes an outcome back; outcomes are reverted in the opposite order of execution.
void revert(State& state, const Outcome& outcome);

// When something falls due next, or `never`: a timer, or a finished row that has had its retention.
Instant next_due(const State& state);
// When the next timer does. Whether a row is archived yet changes no decision, so that work waits
// for nobody.
Instant next_timer(const State& state);

// Does the first thing due at or before `now` as a system command with this id: a timer, or when
// there is none, archives the row that was finished first. As of `now`: after an outage an offer's
// successor gets its whole hold, instead of one that ran out while nobody could see it. nullopt
// when nothing is due. Call until nullopt, with a fresh id each time. Never refused.
std::optional<Outcome> run_due(State& state, Instant now, const CommandId& id);

}  // namespace yuanyue
