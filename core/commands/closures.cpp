#include "core/commands/closures.h"

#include <algorithm>
#include <utility>

#include "core/commands/entries.h"
#include "core/commands/seats.h"

namespace yuanyue {
namespace {

bool is_closed(const State& state, const BlockKey& key, Instant now) {
  const auto facts = block_facts(state, *state.find(key.service), key, now);
  return !facts || facts->closed_by_override;
}

void flag_for_relocation(Transaction& transaction, Booking booking) {
  booking.needs_relocation = true;
  LedgerEntry& fact =
      transaction.record(LedgerKind::booking_relocation_flagged, booking.enterprise);
  fact.booking = booking.id;
  fact.block = booking.block;
  Notification notification;
  notification.enterprise = booking.enterprise;
  notification.kind = NotificationKind::relocation_needed;
  notification.booking = booking.id;
  notification.block = booking.block;
  transaction.notify(std::move(notification));
  transaction.put(std::move(booking));
}

void clear_relocation(Transaction& transaction, Booking booking) {
  booking.needs_relocation = false;
  LedgerEntry& fact =
      transaction.record(LedgerKind::booking_relocation_cleared, booking.enterprise);
  fact.booking = booking.id;
  fact.block = booking.block;
  transaction.put(std::move(booking));
}

void review_bookings(Transaction& transaction, const BlockKey& key, bool closed) {
  std::vector<BookingId> bookings = transaction.state().confirmed_bookings(key);
  std::ranges::sort(bookings);
  for (const BookingId& id : bookings) {
    const Booking& booking = *transaction.state().find(id);
    if (closed && !booking.needs_relocation) flag_for_relocation(transaction, booking);
    if (!closed && booking.needs_relocation) clear_relocation(transaction, booking);
  }
}

void withdraw_offers(Transaction& transaction, const std::vector<BlockKey>& closed,
                     std::vector<BlockKey>& freed) {
  std::vector<OfferId> offers;
  transaction.state().for_each<Offer>([&](const Offer& offer) {
    const bool concerned =
        offer.status == OfferStatus::open && std::ranges::find(closed, offer.block) != closed.end();
    if (concerned) offers.push_back(offer.id);
  });
  std::ranges::sort(offers);
  for (const OfferId& id : offers) {
    const Offer offer = *transaction.state().find(id);
    close_offer(transaction, offer, OfferStatus::withdrawn, LedgerKind::offer_withdrawn, freed);
    Notification notification;
    notification.enterprise = offer.enterprise;
    notification.kind = NotificationKind::offer_withdrawn;
    notification.entry = offer.entry;
    notification.offer = offer.id;
    notification.block = offer.block;
    transaction.notify(std::move(notification));
    drop_block(transaction, *transaction.state().find(offer.entry), offer.block,
               WaitlistEndReason::blocks_passed, freed);
  }
}

}  // namespace

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
    const bool now_closed = is_closed(transaction.state(), key, transaction.now());
    review_bookings(transaction, key, now_closed);
    (now_closed ? closed : freed).push_back(key);
  }
  if (!closed.empty()) withdraw_offers(transaction, closed, freed);
  fill_from_queue(transaction, std::move(freed));
}

}  // namespace yuanyue
