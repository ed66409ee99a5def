// The life of a waitlist entry: places in queues, the seat at last, or the end.
#pragma once

#include <vector>

#include "core/appointments/block.h"
#include "core/appointments/blocks.h"
#include "core/appointments/kinds.h"
#include "core/appointments/offer.h"
#include "core/appointments/waitlist_entry.h"
#include "core/appointments/waitlist_rules.h"
#include "core/catalog/catalog.h"
#include "core/kernel/notice.h"
#include "core/kernel/transaction.h"

namespace yuanyue {

// Puts the row. The one way to write an entry: the counts of who waits in its blocks follow, and
// who stands in their queues hears of it.
void put_entry(Transaction& transaction, WaitlistEntry entry);

// Gives the entry another tier, in every queue it stands in.
void set_standing(Transaction& transaction, WaitlistEntry entry, const Standing& standing);

// Entries that wait to swap a booking rank as relocation while it must be relocated, and otherwise
// as they would have without.
void rank_swaps_of(Transaction& transaction, const Booking& booking);

// The latest booking cutoff among blocks: when the entry ends.
Instant closing_of(const Service& service, const std::vector<BlockKey>& blocks, Instant now);

// Gives a seat, already counted as booked, to an entry: a new booking, or the swap of its old one,
// whose seat is freed and named in `freed`. The entry is fulfilled. Returns the booking.
BookingId give_seat(Transaction& transaction, WaitlistEntry entry, const BlockFacts& facts,
                    std::vector<BlockKey>& freed);

// Ends an entry, takes it out of all queues, withdraws its open offer (whose seat goes to `freed`)
// and, unless the enterprise left by itself, tells the enterprise.
void end_entry(Transaction& transaction, WaitlistEntry entry, WaitlistEndReason reason,
               std::vector<BlockKey>& freed);

// The entry did not get this block (declined, expired, withdrawn, passed): it waits on for its
// others, or ends for `reason` when there are none.
void drop_block(Transaction& transaction, WaitlistEntry entry, const BlockKey& block,
                WaitlistEndReason reason, std::vector<BlockKey>& freed);

// The entry has no open offer any more: it stands in all its queues, in its old place.
void forget_offer(WaitlistEntry& entry);

// Closes an open offer with this status, records it and, unless it was accepted, frees its held
// seat. Into `freed`: that seat's block, and those that its enterprise waits for elsewhere, because
// a held seat counts against the enterprise's limits.
void close_offer(Transaction& transaction, Offer offer, OfferStatus status,
                 const EventKind<AppointmentEvent>& kind, std::vector<BlockKey>& freed);

// Tells its enterprise what became of an offer.
void tell_about_offer(Transaction& transaction, const Offer& offer,
                      const NoticeKind<AppointmentNotice>& kind);

// Ends the entries that wait to swap this booking.
void end_swaps_of(Transaction& transaction, const Booking& booking, WaitlistEndReason reason,
                  std::vector<BlockKey>& freed);

}  // namespace yuanyue
