// Taking and freeing seats, and what a freed seat sets in motion. Source: docs/rules.md "Waitlist":
// a seat that becomes free for any reason goes to the first eligible entry at once; an outsider
// never overtakes.
#pragma once

#include <vector>

#include "core/appointments/blocks.h"
#include "core/kernel/transaction.h"

namespace yuanyue {

// The block's row, or a new one for the template's block.
Block block_row(const State& state, const BlockFacts& facts, Instant now);

void take_seat(Transaction& transaction, const BlockFacts& facts);
void free_seat(Transaction& transaction, const BlockKey& block);
void free_held_seat(Transaction& transaction, const BlockKey& block);

// A new confirmed booking in a seat that is counted already.
Booking make_booking(const State& state, const BookingId& id, const EnterpriseId& enterprise,
                     const UserId& booked_by, const BlockFacts& facts, Instant now);

// Moves a booking's row to another block; the seats are counted by the caller.
void move_booking(Transaction& transaction, Booking booking, const BlockFacts& to);

// Offers the free seats of these blocks to their queues, and on along the chain of seats that swaps
// free.
void fill_from_queue(Transaction& transaction, std::vector<BlockKey> blocks);

// The blocks an enterprise's entries wait for: to be filled again when one of its limits has eased.
std::vector<BlockKey> awaited_blocks(const State& state, const EnterpriseId& enterprise);

}  // namespace yuanyue
