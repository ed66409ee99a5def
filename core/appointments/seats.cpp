#include "core/appointments/seats.h"

#include <algorithm>
#include <utility>

#include "core/appointments/booking.h"
#include "core/appointments/booking_code.h"
#include "core/appointments/entries.h"
#include "core/appointments/kinds.h"
#include "core/appointments/open_work.h"
#include "core/appointments/queues.h"
#include "core/appointments/waiting_place.h"
#include "core/appointments/waitlist_rules.h"
#include "core/catalog/catalog.h"

namespace yuanyue {
namespace {

void count_in_block(Transaction& transaction, const BlockKey& key, int booked, int held) {
  const Block* found = transaction.state().find(key);
  if (found == nullptr) return;  // a browser's partial state, or the block has passed
  Block block = *found;
  block.booked += booked;
  block.held += held;
  transaction.put(std::move(block));
}

std::string unused_booking_code(const State& state, const BookingId& id) {
  std::uint64_t attempt = 0;
  std::string code = make_booking_code(id, attempt);
  while (booking_by_code(state, code)) code = make_booking_code(id, ++attempt);
  return code;
}

void make_offer(Transaction& transaction, const Service& service, WaitlistEntry entry,
                const BlockFacts& facts) {
  Offer offer;
  offer.id = OfferId(transaction.next_id());
  offer.entry = entry.id;
  offer.enterprise = entry.enterprise;
  offer.block = facts.key;
  offer.end = facts.end;
  offer.swap_booking = entry.swap_booking;
  offer.made_at = transaction.now();
  offer.expires_at = offer_expiry(calendar_of(transaction.state(), service), service.policy,
                                  facts.cutoff_at, transaction.now());
  count_in_block(transaction, facts.key, 0, +1);
  entry.status = WaitlistStatus::offered;
  entry.offer = offer.id;
  entry.offered_block = offer.block;

  transaction.record(
      events::offer_made, entry.enterprise,
      {.booking = entry.swap_booking, .entry = entry.id, .offer = offer.id, .block = facts.key});
  notify(transaction, notices::offer_made, entry.enterprise,
         {.booking = entry.swap_booking,
          .entry = entry.id,
          .offer = offer.id,
          .block = facts.key,
          .until = offer.expires_at});
  transaction.put(std::move(offer));
  put_entry(transaction, std::move(entry));
}

void take_automatically(Transaction& transaction, const WaitlistEntry& entry,
                        const BlockFacts& facts, std::vector<BlockKey>& freed) {
  count_in_block(transaction, facts.key, +1, 0);
  const BookingId booking = give_seat(transaction, entry, facts, freed);
  transaction.record(events::seat_auto_accepted, entry.enterprise,
                     {.booking = booking, .entry = entry.id, .block = facts.key});
  notify(transaction, notices::auto_accepted, entry.enterprise,
         {.booking = booking, .entry = entry.id, .block = facts.key});
}

// Whether somebody whom this replica does not know may be before this place; `known_before`: those
// of its tier whom it knows there.
bool may_be_passed_over(const State& state, const BlockKey& block, const ByTier& unknown,
                        const QueuePlace& place, int known_before) {
  for (std::size_t tier = 0; tier < static_cast<std::size_t>(place.tier); ++tier) {
    if (unknown[tier] > 0) return true;
  }
  if (of_tier(unknown, place.tier) == 0) return false;
  const WaitingPlace* told = state.find(place_key(place.entry, block));
  return told == nullptr || of_tier(told->ahead, place.tier) > known_before;
}

// The first place whose entry may take the seat. Stops where somebody may be before it whom this
// replica does not know: only the server can say whose turn it is then.
const WaitlistEntry* first_eligible(const State& state, const BlockKey& block, Instant now) {
  const ByTier unknown = unknown_in_queue(state, block);
  ByTier known{};
  for (const QueuePlace& place : queue_of(state, block)) {
    int& known_before = of_tier(known, place.tier);
    if (may_be_passed_over(state, block, unknown, place, known_before)) return nullptr;
    ++known_before;
    const WaitlistEntry& entry = state.get(place.entry);
    if (is_eligible(state, entry, block, now)) return &entry;
  }
  return nullptr;
}

// Gives one free seat of the block on; false when there is none or nobody for it.
bool fill_one_seat(Transaction& transaction, const BlockKey& key, std::vector<BlockKey>& freed) {
  const State& state = transaction.state();
  const Block* block = state.find(key);
  if (block == nullptr || of_all(block->waiting) == 0) return false;
  const Service* service = state.find(key.service);
  const auto facts = block_facts(state, *service, key, transaction.now());
  if (!facts || !facts->open_for_waiters(transaction.now()) || facts->free_seats() == 0)
    return false;
  const WaitlistEntry* entry = first_eligible(state, key, transaction.now());
  if (entry == nullptr) return false;
  if (entry->auto_accept) {
    take_automatically(transaction, WaitlistEntry(*entry), *facts, freed);
  } else {
    make_offer(transaction, *service, *entry, *facts);
  }
  return true;
}

}  // namespace

Block block_row(const State& state, const BlockFacts& facts, Instant now) {
  if (const Block* found = state.find(facts.key)) return *found;
  Block block;
  block.key = facts.key;
  block.end = facts.end;
  if (now < facts.reserve_release_at) block.reserve_release_at = facts.reserve_release_at;
  return block;
}

void take_seat(Transaction& transaction, const BlockFacts& facts) {
  Block block = block_row(transaction.state(), facts, transaction.now());
  ++block.booked;
  transaction.put(std::move(block));
}

void free_seat(Transaction& transaction, const BlockKey& block) {
  count_in_block(transaction, block, -1, 0);
}

void free_held_seat(Transaction& transaction, const BlockKey& block) {
  count_in_block(transaction, block, 0, -1);
}

Booking make_booking(const State& state, const BookingId& id, const EnterpriseId& enterprise,
                     const UserId& booked_by, const BlockFacts& facts, Instant now) {
  Booking booking;
  booking.id = id;
  booking.code = unused_booking_code(state, id);
  booking.enterprise = enterprise;
  booking.booked_by = booked_by;
  booking.block = facts.key;
  booking.end = facts.end;
  booking.created_at = now;
  return booking;
}

void move_booking(Transaction& transaction, Booking booking, const BlockFacts& to) {
  booking.block = to.key;
  booking.end = to.end;
  const bool relocated = std::exchange(booking.needs_relocation, false);
  transaction.put(booking);
  if (relocated) rank_swaps_of(transaction, booking);
}

void fill_from_queue(Transaction& transaction, std::vector<BlockKey> blocks) {
  // `blocks` grows while the chain runs; every turn gives a seat to an entry that waited, so it
  // ends.
  for (std::size_t next = 0; next < blocks.size(); ++next) {
    const BlockKey key = blocks[next];
    while (fill_one_seat(transaction, key, blocks)) {
    }
  }
}

std::vector<BlockKey> awaited_blocks(const State& state, const EnterpriseId& enterprise) {
  std::vector<WaitlistEntryId> entries = open_entries(state, enterprise);
  std::sort(entries.begin(), entries.end());
  std::vector<BlockKey> blocks;
  for (const WaitlistEntryId& id : entries) {
    const WaitlistEntry* entry = state.find(id);
    blocks.insert(blocks.end(), entry->blocks.begin(), entry->blocks.end());
  }
  return blocks;
}

}  // namespace yuanyue
