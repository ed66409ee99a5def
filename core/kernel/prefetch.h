// What the commands of a batch will read, asked for before the first of them runs. In a State of a
// million bookings a look-up is mostly a wait for memory; waits that overlap cost as much as one.
// Changes nothing, decides nothing, and may be left out.
#pragma once

#include <cstdint>

#include "core/kernel/command.h"

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

// A domain's own. Null: its commands are rare.
using Prefetch = void (*)(const State& state, const Actor& actor, const AnyCommand& command,
                          PrefetchStep step);
inline constexpr Prefetch no_prefetch = nullptr;

void prefetch(const State& state, const Actor& actor, const AnyCommand& command, PrefetchStep step);

}  // namespace yuanyue
