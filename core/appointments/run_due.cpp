#include "core/appointments/run_due.h"

#include <algorithm>
#include <utility>
#include <variant>

#include "core/appointments/entries.h"
#include "core/appointments/seats.h"
#include "core/appointments/waitlist_rules.h"
#include "core/kernel/transaction.h"

namespace yuanyue {
namespace {

using Freed = std::vector<BlockKey>;

struct Run {
  Transaction& transaction;
  Freed& freed;

  const State& state() const { return transaction.state(); }

  void operator()(const DueOffer& due) const {
    const Offer offer = *state().find(due.id);
    const WaitlistEntry& entry = *state().find(offer.entry);
    const ServicePolicy& policy = state().find(entry.service)->policy;
    // Held shorter than anybody must be given, because the block closed: not the enterprise's
    // doing.
    const bool cut_short = offer.expires_at < offer.made_at + policy.hold_min_ms;
    if (cut_short) {
      close_offer(transaction, offer, OfferStatus::withdrawn, LedgerKind::offer_withdrawn, freed);
      tell_about_offer(transaction, offer, NotificationKind::offer_withdrawn);
    } else {
      close_offer(transaction, offer, OfferStatus::expired, LedgerKind::offer_expired, freed);
      tell_about_offer(transaction, offer, NotificationKind::offer_expired);
    }
    drop_block(transaction, *state().find(offer.entry), offer.block,
               cut_short ? WaitlistEndReason::blocks_passed : WaitlistEndReason::offer_expired,
               freed);
  }

  void operator()(const DueEntryEnd& due) const {
    end_entry(transaction, *state().find(due.id), WaitlistEndReason::blocks_passed, freed);
  }

  void operator()(const DuePromotion& due) const {
    const WaitlistEntry entry = *state().find(due.id);
    const Service& service = *state().find(entry.service);
    const Tier tier = promoted(entry.tier);
    const Instant next =
        next_promotion(calendar_of(state(), service), service.policy, tier, entry.promote_at);
    set_standing(transaction, entry, {tier, next});
    LedgerEntry& fact = transaction.record(LedgerKind::waitlist_promoted, entry.enterprise);
    fact.entry = entry.id;
    fact.booking = entry.swap_booking;
    Notification notification;
    notification.enterprise = entry.enterprise;
    notification.kind = NotificationKind::tier_promoted;
    notification.entry = entry.id;
    transaction.notify(std::move(notification));
  }

  void operator()(const DueReserve& due) const {
    Block block = *state().find(due.block);
    block.reserve_release_at = never;
    transaction.put(std::move(block));
    freed.push_back(due.block);
  }

  void operator()(const DueBlockEnd& due) const {
    std::vector<BookingId> bookings = state().confirmed_bookings(due.block);
    std::ranges::sort(bookings);
    for (const BookingId& id : bookings) {
      Booking booking = *state().find(id);
      booking.status = BookingStatus::ended;
      booking.previous_block.reset();
      transaction.put(booking);
      LedgerEntry& fact = transaction.record(LedgerKind::booking_ended, booking.enterprise);
      fact.booking = id;
      fact.block = due.block;
      end_swaps_of(transaction, booking, WaitlistEndReason::booking_gone, freed);
      const auto awaited = awaited_blocks(state(), booking.enterprise);
      freed.insert(freed.end(), awaited.begin(), awaited.end());
    }
    for (const QueuePlace& place : std::vector(state().find(due.block)->queue)) {
      const WaitlistEntry* entry = state().find(place.entry);
      if (entry == nullptr) continue;
      drop_block(transaction, *entry, due.block, WaitlistEndReason::blocks_passed, freed);
    }
    transaction.erase(due.block);
  }
};

}  // namespace

Refusal decide(Transaction& transaction, const RunDue&) {
  const Due* next = transaction.state().next_due();
  if (next == nullptr || next->at > transaction.now()) return std::nullopt;
  const DueItem item = next->item;
  Freed freed;
  std::visit(Run{transaction, freed}, item);
  fill_from_queue(transaction, std::move(freed));
  return std::nullopt;
}

}  // namespace yuanyue
