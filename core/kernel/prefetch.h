// What the commands of a batch will read, asked for before the first of them runs. In a State of a
// million bookings a look-up is mostly a wait for memory; waits that overlap cost as much as one.
// Changes nothing, decides nothing, and may be left out.
#pragma once

#include "core/kernel/envelope.h"
#include "core/kernel/state.h"

namespace yuanyue {

// Call for every command of the batch with the first step, then for every one with the next, …:
// each step finds what the one before has asked for.
enum class PrefetchStep : std::uint8_t {
  places,            // of the rows that the command names: its user, booking, blocks
  rows,              // these rows
  enterprise_place,  // of what the user's enterprise has open; who sits in the blocks
  enterprise,        // that,
  seats,             // and the seats among it
};
inline constexpr PrefetchStep prefetch_steps[] = {PrefetchStep::places, PrefetchStep::rows,
                                                  PrefetchStep::enterprise_place,
                                                  PrefetchStep::enterprise, PrefetchStep::seats};
void prefetch(const State& state, const Actor& actor, const Command& command, PrefetchStep step);

}  // namespace yuanyue
