// What follows when the calendar, a hall, a block or an enterprise's accounts change under what
// exists already. Source: domain.md: bookings on days now closed are flagged and told; nothing is
// silently dropped.
#pragma once

#include <functional>

#include "core/kernel/transaction.h"

namespace yuanyue {

// Looks at every block row that `concerned` picks: bookings of closed blocks are flagged for
// relocation and told, bookings of blocks open again lose the flag, offers of closed blocks are
// withdrawn, and new free seats go to the queues. Work grows with the rows concerned; for
// administrators' commands only.
// Their reserves are released when the template says now.
void review_blocks(Transaction& transaction, const std::function<bool(const BlockKey&)>& concerned);

// Whether somebody can sign in for an enterprise has changed from `could`: with nobody its offers
// are taken back, and its entries wait on without being offered anything; with somebody again free
// seats may be theirs.
void review_sign_in(Transaction& transaction, const EnterpriseId& enterprise, bool could);

// Open entries of a service end when its last block of theirs closes for booking by today's policy.
void review_closings(Transaction& transaction, const Service& service);

}  // namespace yuanyue
