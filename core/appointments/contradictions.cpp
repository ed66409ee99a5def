#include "core/appointments/contradictions.h"

#include <algorithm>
#include <map>
#include <string_view>

#include "core/appointments/booking.h"
#include "core/appointments/booking_code.h"
#include "core/appointments/offer.h"
#include "core/appointments/open_work.h"
#include "core/appointments/queues.h"
#include "core/appointments/waiting_place.h"
#include "core/appointments/waitlist_entry.h"
#include "core/catalog/catalog.h"
#include "core/people/enterprise.h"

namespace yuanyue {
namespace {

// The field that is wrong, with what it should be; none when all is well.
using Fault = std::string_view;

struct Counted {
  std::map<BlockKey, int> booked;
  std::map<BlockKey, int> held;
  std::map<BlockKey, ByTier> waiting;
  std::map<WaitingPlaceKey, ByTier> ahead;  // of everybody who waits
};

Counted count(const State& state) {
  Counted counted;
  state.for_each<Booking>([&](const Booking& booking) {
    if (booking.status == BookingStatus::confirmed) ++counted.booked[booking.block];
  });
  state.for_each<Offer>([&](const Offer& offer) {
    if (offer.status == OfferStatus::open) ++counted.held[offer.block];
  });
  std::map<BlockKey, std::vector<QueuePlace>> queues;
  state.for_each<WaitlistEntry>([&](const WaitlistEntry& entry) {
    if (!is_open(entry)) return;
    const Offer* offer = state.find(entry.offer);
    for (const BlockKey& key : entry.blocks) {
      if (offer != nullptr && offer->block == key) continue;
      queues[key].push_back(queue_place(entry));
    }
  });
  for (auto& [key, queue] : queues) {
    std::ranges::sort(queue);
    ByTier& waiting = counted.waiting[key];
    for (const QueuePlace& place : queue) {
      counted.ahead[place_key(place.entry, key)] = waiting;
      ++of_tier(waiting, place.tier);
    }
  }
  return counted;
}

int number(const std::map<BlockKey, int>& counts, const BlockKey& key) {
  const auto found = counts.find(key);
  return found == counts.end() ? 0 : found->second;
}

Fault fault_of(const State& state, const Counted& counted, const Block& block) {
  if (state.find(block.key.service) == nullptr) return ".key.service: not_found";
  if (block.end <= block.key.start) return ".end: not after the start";
  if (block.booked != number(counted.booked, block.key)) return ".booked: not its bookings";
  if (block.held != number(counted.held, block.key)) return ".held: not its open offers";
  const auto waiting = counted.waiting.find(block.key);
  const bool is_right =
      block.waiting == (waiting == counted.waiting.end() ? ByTier{} : waiting->second);
  return is_right ? Fault() : ".waiting: not its open entries";
}

Fault fault_of(const State& state, const Counted& counted, const WaitingPlace& place) {
  const WaitlistEntry* entry = state.find(place.key.entry);
  if (entry == nullptr) return ".key.entry: not_found";
  if (place.enterprise != entry->enterprise) return ".enterprise: not that of the entry";
  const auto ahead = counted.ahead.find(place.key);
  if (ahead == counted.ahead.end()) return ".key: the entry does not wait there";
  return place.ahead == ahead->second ? Fault() : ".ahead: not who goes before it";
}

Fault fault_of(const State& state, const Counted&, const Booking& booking) {
  if (state.find(booking.enterprise) == nullptr) return ".enterprise: not_found";
  if (state.find(booking.block.service) == nullptr) return ".block.service: not_found";
  if (booking.previous_block && booking.previous_block->service != booking.block.service)
    return ".previous_block.service: not that of the block";
  if (normalize_booking_code(booking.code) != booking.code) return ".code: bad_format";
  if (booking_by_code(state, booking.code) != booking.id) return ".code: already_exists";
  if (booking.status != BookingStatus::confirmed) return {};
  const Block* block = state.find(booking.block);
  if (block == nullptr) return ".block: there is no such row";
  return block->end == booking.end ? Fault() : ".end: not that of the block";
}

Fault swap_fault(const State& state, const WaitlistEntry& entry) {
  if (!entry.swap_booking) return {};
  const Booking* swap = state.find(entry.swap_booking);
  const bool is_own = swap != nullptr && swap->enterprise == entry.enterprise &&
                      swap->block.service == entry.service &&
                      swap->status == BookingStatus::confirmed;
  return is_own ? Fault() : ".swap_booking: no confirmed booking of its own";
}

Fault fault_of(const State& state, const Counted&, const WaitlistEntry& entry) {
  if (state.find(entry.enterprise) == nullptr) return ".enterprise: not_found";
  if (state.find(entry.service) == nullptr) return ".service: not_found";
  for (const BlockKey& key : entry.blocks) {
    if (key.service != entry.service) return ".blocks: not of the service";
  }
  const Offer* offer = state.find(entry.offer);
  const bool is_offered = offer != nullptr && offer->status == OfferStatus::open;
  if ((entry.status == WaitlistStatus::offered) != is_offered) return ".offer: not its open one";
  if (entry.offered_block != (is_offered ? std::optional(offer->block) : std::nullopt))
    return ".offered_block: not that of its open offer";
  if (!is_open(entry)) return {};
  const auto& blocks = entry.blocks;
  const bool ascends = std::ranges::adjacent_find(blocks, [](const BlockKey& a, const BlockKey& b) {
                         return a >= b;
                       }) == blocks.end();
  if (blocks.empty() || !ascends) return ".blocks: not some in ascending order";
  for (const BlockKey& key : blocks) {
    if (state.find(key) == nullptr) return ".blocks: there is no such row";
    if (stands_in(entry, key) && state.find(place_key(entry.id, key)) == nullptr)
      return ".blocks: there is no place in the queue";
  }
  return swap_fault(state, entry);
}

Fault fault_of(const State& state, const Counted&, const Offer& offer) {
  const WaitlistEntry* entry = state.find(offer.entry);
  // That of a closed offer may have been done with first, and is in the archive.
  if (entry == nullptr && offer.status != OfferStatus::open) return {};
  if (entry == nullptr) return ".entry: not_found";
  if (offer.enterprise != entry->enterprise) return ".enterprise: not that of the entry";
  if (offer.block.service != entry->service) return ".block.service: not that of the entry";
  if (offer.status != OfferStatus::open) return {};
  if (entry->offer != offer.id) return ".entry: it has another offer";
  if (offer.swap_booking != entry->swap_booking) return ".swap_booking: not that of the entry";
  if (std::ranges::find(entry->blocks, offer.block) == entry->blocks.end())
    return ".block: not one that the entry waits for";
  const Block* block = state.find(offer.block);
  if (block == nullptr) return ".block: there is no such row";
  return block->end == offer.end ? Fault() : ".end: not that of the block";
}

template <class Row>
void look(const State& state, const Counted& counted, std::optional<Contradiction>& found) {
  state.for_each<Row>([&](const Row& row) {
    if (found) return;
    const Fault fault = fault_of(state, counted, row);
    if (!fault.empty()) found = Contradiction{AnyKey(key_of(row)), fault};
  });
}

}  // namespace

std::optional<Contradiction> find_contradiction(const State& state) {
  const Counted counted = count(state);
  std::optional<Contradiction> found;
  look<Booking>(state, counted, found);
  look<WaitlistEntry>(state, counted, found);
  look<Offer>(state, counted, found);
  look<Block>(state, counted, found);
  look<WaitingPlace>(state, counted, found);
  return found;
}

}  // namespace yuanyue
