#include "core/appointments/timers.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "core/appointments/entries.h"
#include "core/appointments/kinds.h"
#include "core/appointments/offer.h"
#include "core/appointments/open_work.h"
#include "core/appointments/queues.h"
#include "core/appointments/seats.h"
#include "core/appointments/waitlist_rules.h"
#include "core/catalog/catalog.h"
#include "core/kernel/notice.h"
#include "core/kernel/transaction.h"

namespace yuanyue {

void end_offer(Transaction& transaction, const AnyKey& key) {
  const State& state = transaction.state();
  const Offer offer = state.get(*key.get_if<OfferId>());
  const ServicePolicy& policy = state.get(state.get(offer.entry).service).policy;
  std::vector<BlockKey> freed;
  // Held shorter than anybody must be given, because the block closed: not the enterprise's
  // doing.
  const bool cut_short = offer.expires_at < offer.made_at + policy.hold_min_ms;
  if (cut_short) {
    close_offer(transaction, offer, OfferStatus::withdrawn, events::offer_withdrawn, freed);
    tell_about_offer(transaction, offer, notices::offer_withdrawn);
  } else {
    close_offer(transaction, offer, OfferStatus::expired, events::offer_expired, freed);
    tell_about_offer(transaction, offer, notices::offer_expired);
  }
  drop_block(transaction, *state.find(offer.entry), offer.block,
             cut_short ? WaitlistEndReason::blocks_passed : WaitlistEndReason::offer_expired,
             freed);
  fill_from_queue(transaction, std::move(freed));
}

void close_entry(Transaction& transaction, const AnyKey& key) {
  const State& state = transaction.state();
  std::vector<BlockKey> freed;
  end_entry(transaction, state.get(*key.get_if<WaitlistEntryId>()),
            WaitlistEndReason::blocks_passed, freed);
  fill_from_queue(transaction, std::move(freed));
}

void promote_entry(Transaction& transaction, const AnyKey& key) {
  const State& state = transaction.state();
  const WaitlistEntry entry = state.get(*key.get_if<WaitlistEntryId>());
  const Service& service = *state.find(entry.service);
  const Tier tier = promoted(entry.tier);
  const Instant next =
      next_promotion(calendar_of(state, service), service.policy, tier, entry.promote_at);
  set_standing(transaction, entry, {tier, next});
  transaction.record(events::waitlist_promoted, entry.enterprise,
                     {.booking = entry.swap_booking, .entry = entry.id});
  notify(transaction, notices::tier_promoted, entry.enterprise, {.entry = entry.id});
}

void release_reserve(Transaction& transaction, const AnyKey& key) {
  Block block = transaction.state().get(*key.get_if<BlockKey>());
  const BlockKey freed = block.key;
  block.reserve_release_at = never;
  transaction.put(std::move(block));
  fill_from_queue(transaction, {freed});
}

void end_block(Transaction& transaction, const AnyKey& key) {
  const State& state = transaction.state();
  const BlockKey block = *key.get_if<BlockKey>();
  std::vector<BlockKey> freed;
  std::vector<BookingId> bookings = confirmed_bookings(state, block);
  std::ranges::sort(bookings);
  for (const BookingId& id : bookings) {
    Booking booking = state.get(id);
    booking.status = BookingStatus::ended;
    booking.previous_block.reset();
    transaction.put(booking);
    transaction.record(events::booking_ended, booking.enterprise, {.booking = id, .block = block});
    end_swaps_of(transaction, booking, WaitlistEndReason::booking_gone, freed);
    const auto awaited = awaited_blocks(state, booking.enterprise);
    freed.insert(freed.end(), awaited.begin(), awaited.end());
  }
  for (const QueuePlace& place : std::vector(queue_of(state, block))) {
    drop_block(transaction, state.get(place.entry), block, WaitlistEndReason::blocks_passed, freed);
  }
  transaction.erase(block);
  fill_from_queue(transaction, std::move(freed));
}

}  // namespace yuanyue
