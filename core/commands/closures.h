// What follows when the calendar, a hall or a block changes under bookings that exist already.
// Source: domain.md: bookings on days now closed are flagged and told; nothing is silently dropped.
#pragma once

#include <functional>

#include "core/engine/transaction.h"

namespace yuanyue {

// Looks at every block row that `concerned` picks: bookings of closed blocks are flagged for
// relocation and told, bookings of blocks open again lose the flag, offers of closed blocks are
// withdrawn, and new free seats go to the queues. Work grows with the rows concerned; for
// administrators' commands only.
// Their reserves are released when the template says now.
void review_blocks(Transaction& transaction, const std::function<bool(const BlockKey&)>& concerned);

// Open entries of a service end when its last block of theirs closes for booking by today's policy.
void review_closings(Transaction& transaction, const Service& service);

}  // namespace yuanyue
