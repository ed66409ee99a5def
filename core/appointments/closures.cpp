#include "core/appointments/closures.h"

#include <algorithm>
#include <utility>

#include "core/appointments/booking.h"
#include "core/appointments/entries.h"
#include "core/appointments/kinds.h"
#include "core/appointments/offer.h"
#include "core/appointments/open_work.h"
#include "core/appointments/seats.h"
#include "core/appointments/waitlist_entry.h"
#include "core/people/accounts.h"

namespace yuanyue {
namespace {

// The reserve may have come, gone or moved with the template.
void review_reserve(Transaction& transaction, const BlockFacts& facts) {
  Block block = *transaction.state().find(facts.key);
  const Instant release_at =
      transaction.now() < facts.reserve_release_at ? facts.reserve_release_at : never;
  if (block.reserve_release_at == release_at) return;
  block.reserve_release_at = release_at;
  transaction.put(std::move(block));
}

void flag_for_relocation(Transaction& transaction, Booking booking, std::vector<BlockKey>& freed) {
  booking.needs_relocation = true;
  transaction.put(booking);
  rank_swaps_of(transaction, booking);
  transaction.record(events::booking_relocation_flagged, booking.enterprise,
                     {.booking = booking.id, .block = booking.block});
  notify(transaction, notices::relocation_needed, booking.enterprise,
         {.booking = booking.id, .block = booking.block});
  // Without notice and limits its swaps may be possible now.
  const std::vector<BlockKey> awaited = awaited_blocks(transaction.state(), booking.enterprise);
  freed.insert(freed.end(), awaited.begin(), awaited.end());
}

void clear_relocation(Transaction& transaction, Booking booking) {
  booking.needs_relocation = false;
  transaction.put(booking);
  rank_swaps_of(transaction, booking);
  transaction.record(events::booking_relocation_cleared, booking.enterprise,
                     {.booking = booking.id, .block = booking.block});
  notify(transaction, notices::relocation_cleared, booking.enterprise,
         {.booking = booking.id, .block = booking.block});
}

void review_bookings(Transaction& transaction, const BlockKey& key, bool closed,
                     std::vector<BlockKey>& freed) {
  std::vector<BookingId> bookings = confirmed_bookings(transaction.state(), key);
  std::ranges::sort(bookings);
  for (const BookingId& id : bookings) {
    const Booking& booking = *transaction.state().find(id);
    if (closed && !booking.needs_relocation) flag_for_relocation(transaction, booking, freed);
    if (!closed && booking.needs_relocation) clear_relocation(transaction, booking);
  }
}

void withdraw_offers(Transaction& transaction, std::vector<OfferId> offers,
                     std::vector<BlockKey>& freed) {
  std::ranges::sort(offers);
  for (const OfferId& id : offers) {
    const Offer offer = *transaction.state().find(id);
    close_offer(transaction, offer, OfferStatus::withdrawn, events::offer_withdrawn, freed);
    tell_about_offer(transaction, offer, notices::offer_withdrawn);
    WaitlistEntry entry = transaction.state().get(offer.entry);
    forget_offer(entry);
    put_entry(transaction, std::move(entry));
  }
}

std::vector<OfferId> offers_in(const State& state, const std::vector<BlockKey>& blocks) {
  std::vector<OfferId> offers;
  state.for_each<Offer>([&](const Offer& offer) {
    const bool concerned =
        offer.status == OfferStatus::open && std::ranges::find(blocks, offer.block) != blocks.end();
    if (concerned) offers.push_back(offer.id);
  });
  return offers;
}

// Open entries of a service end when its last block of theirs closes for booking by today's policy.
void review_closings(Transaction& transaction, const Service& service) {
  std::vector<WaitlistEntryId> entries;
  transaction.state().for_each<WaitlistEntry>([&](const WaitlistEntry& entry) {
    if (is_open(entry) && entry.service == service.id) entries.push_back(entry.id);
  });
  std::ranges::sort(entries);
  for (const WaitlistEntryId& id : entries) {
    WaitlistEntry entry = *transaction.state().find(id);
    const Instant closes_at = closing_of(service, entry.blocks, transaction.now());
    if (closes_at == entry.closes_at) continue;
    entry.closes_at = closes_at;
    put_entry(transaction, std::move(entry));
  }
}

}  // namespace

void review_offers(Transaction& transaction, const AccountsChanged& changed) {
  const State& state = transaction.state();
  const EnterpriseId& enterprise = changed.enterprise;
  const bool could = changed.could_sign_in;
  const bool can = can_sign_in(state, enterprise);
  if (!enterprise || can == could) return;
  std::vector<BlockKey> freed;
  if (can) {
    freed = awaited_blocks(state, enterprise);
  } else {
    std::vector<OfferId> offers;
    for (const WaitlistEntryId& id : open_entries(state, enterprise)) {
      if (const OfferId& offer = state.find(id)->offer) offers.push_back(offer);
    }
    withdraw_offers(transaction, std::move(offers), freed);
  }
  fill_from_queue(transaction, std::move(freed));
}

// The entries first, so that none is left that a freed seat could be offered to.
void end_open_work(Transaction& transaction, const EnterpriseLeaves& leaving) {
  const State& state = transaction.state();
  std::vector<BlockKey> freed;
  std::vector<WaitlistEntryId> entries = open_entries(state, leaving.enterprise);
  std::ranges::sort(entries);
  for (const WaitlistEntryId& id : entries) {
    end_entry(transaction, WaitlistEntry(state.get(id)), WaitlistEndReason::left_by_enterprise,
              freed);
  }
  std::vector<BookingId> bookings;
  for (const OpenSeat& seat : open_seats(state, leaving.enterprise)) {
    bookings.push_back(booking_of(state, seat).id);
  }
  std::ranges::sort(bookings);
  for (const BookingId& id : bookings) {
    Booking booking = state.get(id);
    booking.status = BookingStatus::cancelled;
    booking.previous_block.reset();
    free_seat(transaction, booking.block);
    freed.push_back(booking.block);
    transaction.record(events::booking_cancelled, booking.enterprise,
                       {.booking = booking.id, .from_block = booking.block});
    transaction.put(std::move(booking));
  }
  fill_from_queue(transaction, std::move(freed));
}

void review_blocks(Transaction& transaction,
                   const std::function<bool(const BlockKey&)>& concerned) {
  std::vector<BlockKey> keys;
  transaction.state().for_each<Block>([&](const Block& block) {
    if (concerned(block.key)) keys.push_back(block.key);
  });
  std::ranges::sort(keys);
  std::vector<BlockKey> closed;
  std::vector<BlockKey> freed;
  for (const BlockKey& key : keys) {
    const State& state = transaction.state();
    const auto facts = block_facts(state, *state.find(key.service), key, transaction.now());
    if (facts) review_reserve(transaction, *facts);
    const bool now_closed = !facts || facts->closed_by_override;
    review_bookings(transaction, key, now_closed, freed);
    (now_closed ? closed : freed).push_back(key);
  }
  if (!closed.empty()) withdraw_offers(transaction, offers_in(transaction.state(), closed), freed);
  fill_from_queue(transaction, std::move(freed));
}

void review_catalog(Transaction& transaction, const CatalogSaved& saved) {
  const State& state = transaction.state();
  for (const ServiceId& id : saved.services) review_closings(transaction, state.get(id));
  review_blocks(transaction, [&](const BlockKey& key) {
    return std::ranges::find(saved.services, key.service) != saved.services.end() ||
           std::ranges::find(saved.halls, state.get(key.service).hall) != saved.halls.end();
  });
}

void review_year(Transaction& transaction, const CalendarYearImported& imported) {
  review_blocks(transaction, [&](const BlockKey& key) {
    return to_year_month_day(key.date).year == imported.year;
  });
}

}  // namespace yuanyue
