// What follows when the calendar, a hall, a block or an enterprise's accounts change under what
// exists already. Source: docs/rules.md: bookings on days now closed are flagged and told; nothing
// is silently dropped.
#pragma once

#include <functional>

#include "core/appointments/block.h"
#include "core/catalog/import_calendar_year.h"
#include "core/catalog/save_catalog.h"
#include "core/kernel/transaction.h"
#include "core/people/erase.h"
#include "core/people/save_user.h"

namespace yuanyue {

// Looks at every block row that `concerned` picks: bookings of closed blocks are flagged for
// relocation and told, bookings of blocks open again lose the flag, offers of closed blocks are
// withdrawn, and new free seats go to the queues. Work grows with the rows concerned; for
// administrators' commands only.
// Their reserves are released when the template says now.
void review_blocks(Transaction& transaction, const std::function<bool(const BlockKey&)>& concerned);

// Reactions. Whether somebody can sign in for an enterprise may have changed: with nobody its
// offers are taken back, and its entries wait on without being offered anything; with somebody
// again free seats may be theirs.
void review_offers(Transaction& transaction, const AccountsChanged& changed);
// Its entries are left, its offers withdrawn, its bookings cancelled; the seats go to the queues.
void end_open_work(Transaction& transaction, const EnterpriseLeaves& leaving);
// Blocks of the services and halls, and when entries for the services end.
void review_catalog(Transaction& transaction, const CatalogSaved& saved);
// Blocks of that year.
void review_year(Transaction& transaction, const CalendarYearImported& imported);

}  // namespace yuanyue
