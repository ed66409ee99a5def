#include "core/appointments/entries.h"

#include <algorithm>
#include <iterator>
#include <optional>
#include <utility>

#include "core/appointments/booking.h"
#include "core/appointments/kinds.h"
#include "core/appointments/open_work.h"
#include "core/appointments/queues.h"
#include "core/appointments/seats.h"
#include "core/appointments/waiting_place.h"
#include "core/appointments/waitlist_rules.h"
#include "core/catalog/catalog.h"
#include "core/people/enterprise.h"

namespace yuanyue {
namespace {

void count_waiting(Transaction& transaction, const WaitlistEntry& entry, const BlockKey& key,
                   std::optional<Tier> before, std::optional<Tier> after) {
  const State& state = transaction.state();
  Block block;
  if (const Block* found = state.find(key)) {
    block = *found;
  } else if (after) {
    const Instant now = transaction.now();
    block = block_row(state, *block_facts(state, state.get(entry.service), key, now), now);
  } else {
    return;  // the block has passed
  }
  if (before) --of_tier(block.waiting, *before);
  if (after) ++of_tier(block.waiting, *after);
  transaction.put(std::move(block));
}

std::optional<Tier> tier_in(const WaitlistEntry* entry, const BlockKey& block) {
  if (entry == nullptr || !stands_in(*entry, block)) return std::nullopt;
  return entry->tier;
}

}  // namespace

void put_entry(Transaction& transaction, WaitlistEntry entry) {
  const WaitlistEntry* found = transaction.state().find(entry.id);
  if (found != nullptr && stands_alike(*found, entry)) {
    transaction.put(std::move(entry));
    return;
  }
  const std::optional<WaitlistEntry> before =
      found == nullptr ? std::nullopt : std::optional(*found);
  std::vector<BlockKey> blocks;
  std::ranges::set_union(before ? before->blocks : std::vector<BlockKey>(), entry.blocks,
                         std::back_inserter(blocks));
  const WaitlistEntryId id = entry.id;
  for (const BlockKey& block : blocks) {
    const auto tier_before = tier_in(before ? &*before : nullptr, block);
    const auto tier_after = tier_in(&entry, block);
    if (tier_before == tier_after) continue;
    count_waiting(transaction, entry, block, tier_before, tier_after);
    transaction.publish(QueueChanged{block, id});
  }
  transaction.put(std::move(entry));
}

void set_standing(Transaction& transaction, WaitlistEntry entry, const Standing& standing) {
  entry.tier = standing.tier;
  entry.promote_at = standing.promote_at;
  put_entry(transaction, std::move(entry));
}

void rank_swaps_of(Transaction& transaction, const Booking& booking) {
  const State& state = transaction.state();
  std::vector<WaitlistEntryId> entries = open_entries(state, booking.enterprise);
  std::ranges::sort(entries);
  for (const WaitlistEntryId& id : entries) {
    const WaitlistEntry& entry = *state.find(id);
    if (entry.swap_booking != booking.id) continue;
    Standing standing{Tier::relocation, never};
    if (!booking.needs_relocation) {
      const Service& service = *state.find(entry.service);
      const Tier joined = entry.joined_tier == Tier::relocation
                              ? joining_tier(*state.find(entry.enterprise), nullptr)
                              : entry.joined_tier;
      standing = standing_after(calendar_of(state, service), service.policy, joined,
                                entry.joined_at, transaction.now());
    }
    if (standing.tier != entry.tier) set_standing(transaction, entry, standing);
  }
}

Instant closing_of(const Service& service, const std::vector<BlockKey>& blocks, Instant now) {
  Instant closes_at{INT64_MIN};
  for (const BlockKey& key : blocks) {
    const Instant cutoff_at = to_instant(key.date, key.start) - service.policy.cutoff_ms;
    closes_at = std::max(closes_at, cutoff_at);
  }
  return std::max(closes_at, now);
}

BookingId give_seat(Transaction& transaction, WaitlistEntry entry, const BlockFacts& facts,
                    std::vector<BlockKey>& freed) {
  forget_offer(entry);
  entry.status = WaitlistStatus::fulfilled;
  const EnterpriseId enterprise = entry.enterprise;
  const BookingId swapped = entry.swap_booking;
  const UserId joined_by = entry.joined_by;
  const WaitlistEntryId entry_id = entry.id;
  put_entry(transaction, std::move(entry));

  if (const Booking* found = transaction.state().find(swapped)) {
    Booking booking = *found;
    const BlockKey from = booking.block;
    if (!booking.needs_relocation) ++booking.changes_used;
    booking.previous_block.reset();
    move_booking(transaction, std::move(booking), facts);
    free_seat(transaction, from);
    freed.push_back(from);
    // The seat left may have overlapped what the enterprise waits for elsewhere.
    const std::vector<BlockKey> awaited = awaited_blocks(transaction.state(), enterprise);
    freed.insert(freed.end(), awaited.begin(), awaited.end());
    transaction.record(
        events::booking_rescheduled, enterprise,
        {.booking = swapped, .entry = entry_id, .block = facts.key, .from_block = from});
    return swapped;
  }
  // Somebody who knew the command's id could have taken the first one.
  BookingId id(transaction.next_id());
  while (transaction.state().find(id) != nullptr) id = BookingId(transaction.next_id());
  Booking booking =
      make_booking(transaction.state(), id, enterprise, joined_by, facts, transaction.now());
  transaction.put(std::move(booking));
  transaction.record(events::booking_made, enterprise,
                     {.booking = id, .entry = entry_id, .block = facts.key});
  return id;
}

void end_entry(Transaction& transaction, WaitlistEntry entry, WaitlistEndReason reason,
               std::vector<BlockKey>& freed) {
  if (const Offer* offer = transaction.state().find(entry.offer);
      offer != nullptr && offer->status == OfferStatus::open) {
    close_offer(transaction, *offer, OfferStatus::withdrawn, events::offer_withdrawn, freed);
  }
  const bool left = reason == WaitlistEndReason::left_by_enterprise;
  forget_offer(entry);
  entry.status = left ? WaitlistStatus::left : WaitlistStatus::ended;
  entry.end_reason = reason;

  transaction.record(left ? events::waitlist_left : events::waitlist_ended, entry.enterprise,
                     {.booking = entry.swap_booking, .entry = entry.id});
  if (!left) {
    AppointmentNotice notice{.entry = entry.id, .end_reason = reason};
    if (!entry.blocks.empty()) notice.block = entry.blocks.back();
    notify(transaction, notices::waitlist_ended, entry.enterprise, notice);
  }
  put_entry(transaction, std::move(entry));
}

void drop_block(Transaction& transaction, WaitlistEntry entry, const BlockKey& block,
                WaitlistEndReason reason, std::vector<BlockKey>& freed) {
  const Offer* offer = transaction.state().find(entry.offer);
  if (offer == nullptr || offer->status != OfferStatus::open) forget_offer(entry);
  if (entry.blocks.size() <= 1) {
    end_entry(transaction, std::move(entry), reason, freed);
    return;
  }
  std::erase(entry.blocks, block);
  const Service* service = transaction.state().find(entry.service);
  entry.closes_at = closing_of(*service, entry.blocks, transaction.now());
  // While it had an offer, free seats of its other blocks passed it by.
  freed.insert(freed.end(), entry.blocks.begin(), entry.blocks.end());
  put_entry(transaction, std::move(entry));
}

void forget_offer(WaitlistEntry& entry) {
  entry.status = WaitlistStatus::waiting;
  entry.offer = {};
  entry.offered_block.reset();
}

void close_offer(Transaction& transaction, Offer offer, OfferStatus status,
                 const EventKind<AppointmentEvent>& kind, std::vector<BlockKey>& freed) {
  offer.status = status;
  transaction.record(kind, offer.enterprise,
                     {.booking = offer.swap_booking,
                      .entry = offer.entry,
                      .offer = offer.id,
                      .block = offer.block});
  if (status != OfferStatus::accepted) {
    free_held_seat(transaction, offer.block);
    freed.push_back(offer.block);
    const std::vector<BlockKey> awaited = awaited_blocks(transaction.state(), offer.enterprise);
    freed.insert(freed.end(), awaited.begin(), awaited.end());
  }
  transaction.put(std::move(offer));
}

void tell_about_offer(Transaction& transaction, const Offer& offer,
                      const NoticeKind<AppointmentNotice>& kind) {
  notify(transaction, kind, offer.enterprise,
         {.entry = offer.entry, .offer = offer.id, .block = offer.block});
}

void end_swaps_of(Transaction& transaction, const Booking& booking, WaitlistEndReason reason,
                  std::vector<BlockKey>& freed) {
  std::vector<WaitlistEntryId> entries = open_entries(transaction.state(), booking.enterprise);
  std::sort(entries.begin(), entries.end());
  for (const WaitlistEntryId& id : entries) {
    const WaitlistEntry* entry = transaction.state().find(id);
    if (entry == nullptr || !is_open(*entry) || entry->swap_booking != booking.id) continue;
    end_entry(transaction, *entry, reason, freed);
  }
}

}  // namespace yuanyue
