// Whom an administrator's command touches: what the console says before it gives the command, and
// after.
#pragma once

#include <vector>

#include "core/appointments/block.h"
#include "core/catalog/catalog.h"
#include "core/kernel/engine.h"

namespace yuanyue {

struct Consequences {
  // More seats given and held than the block would have.
  struct Crowded {
    BlockKey block;
    int seats = 0;
    int capacity = 0;
    bool operator==(const Crowded&) const = default;
  };

  std::vector<BookingId> must_move;      // their block would close
  std::vector<BookingId> need_not_move;  // their block would be open again
  // Their enterprise could move them by itself and no longer can: a longer notice rule, fewer
  // changes, a service switched off.
  std::vector<BookingId> no_longer_movable;
  std::vector<OfferId> offers_taken_back;
  std::vector<BlockKey> seats_offered;  // one of each free seat that goes to somebody who waits
  std::vector<WaitlistEntryId> entries_ended;
  std::vector<Crowded> crowded;
  // They hold seats or wait, and nobody could sign in for them any more.
  std::vector<EnterpriseId> cut_off;
  bool operator==(const Consequences&) const = default;
};

// By looking at the state before and as it would be after; the state stays as it is. Each list
// ascending. Only what the command changes is named: a block that is crowded already and no more so
// afterwards is not. Work grows with the state.
Result<Consequences> consequences_of(State& state, const Envelope& envelope);

}  // namespace yuanyue
