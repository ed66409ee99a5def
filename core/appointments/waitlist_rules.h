// Order, eligibility and offers of the waitlist. Source: docs/rules.md "Waitlist".
#pragma once

#include <array>
#include <optional>
#include <vector>

#include "core/appointments/block.h"
#include "core/appointments/waitlist_entry.h"
#include "core/catalog/catalog.h"
#include "core/kernel/outcome.h"
#include "core/kernel/state.h"

namespace yuanyue {

// The tier an enterprise joins with.
Tier joining_tier(const Enterprise& enterprise, const Booking* swap_booking);
// One tier up, never into `emergency`.
Tier promoted(Tier tier);
// When an entry that waits since `since` is lifted next; never when it cannot rise.
Instant next_promotion(const HallCalendar& calendar, const ServicePolicy& policy, Tier tier,
                       Instant since);

// The tier of an entry that joined with `tier` and has waited from `since` to `now`, and when it
// rises next.
struct Standing {
  Tier tier = Tier::ordinary;
  Instant promote_at = never;
};
Standing standing_after(const HallCalendar& calendar, const ServicePolicy& policy, Tier tier,
                        Instant since, Instant now);

// The blocks that wishes name, ascending, without duplicates: those of the template, open or full,
// whose cutoff has not passed, within the booking window.
std::vector<BlockKey> expand_wishes(const State& state, const Service& service,
                                    const std::vector<Wish>& wishes, Instant now);

// Until when a freed seat is held for an entry: hold_ms of opening time, at least hold_min_ms,
// never past the block's cutoff.
Instant offer_expiry(const HallCalendar& calendar, const ServicePolicy& policy, Instant cutoff_at,
                     Instant now);

// Where an entry stands in one block's queue, and who is before it.
struct QueuePosition {
  BlockKey block;
  int position = 0;  // 1 is next
  ByTier ahead_by_tier{};
};
std::vector<QueuePosition> queue_positions(const State& state, const WaitlistEntry& entry);

// May this entry take a seat in `block` now (limits, overlap, its swap booking still there,
// somebody who can sign in for its enterprise)?
bool is_eligible(const State& state, const WaitlistEntry& entry, const BlockKey& block,
                 Instant now);

}  // namespace yuanyue
