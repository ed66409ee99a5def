#include "core/appointments/waitlist_rules.h"

#include <algorithm>

#include "core/appointments/blocks.h"
#include "core/appointments/booking.h"
#include "core/appointments/booking_rules.h"
#include "core/appointments/offer.h"
#include "core/appointments/open_work.h"
#include "core/appointments/waiting_place.h"
#include "core/appointments/waitlist_entry.h"
#include "core/people/accounts.h"
#include "core/people/enterprise.h"

namespace yuanyue {
namespace {

constexpr TimeOfDay noon{12 * 60};

bool matches(const Wish& wish, const BlockFacts& block) {
  if (wish.start) return block.key.start == *wish.start;
  switch (wish.part) {
    case PartOfDay::any:
      return true;
    case PartOfDay::morning:
      return block.key.start < noon;
    case PartOfDay::afternoon:
      return block.key.start >= noon;
  }
  return false;
}

bool overlaps_block(Date date, TimeSpan hours, const BlockFacts& b) {
  return date == b.key.date && overlaps(hours, {b.key.start, b.end});
}

bool can_be_swapped(const State& state, const Service& service, const WaitlistEntry& entry,
                    const BlockKey& block, Instant now) {
  const Booking* booking = state.find(entry.swap_booking);
  if (booking == nullptr || booking->status != BookingStatus::confirmed ||
      booking->block == block) {
    return false;
  }
  if (booking->needs_relocation) return true;
  const Instant starts_at = to_instant(booking->block.date, booking->block.start);
  return now < starts_at - service.policy.cutoff_ms &&
         booking->changes_used < service.policy.max_changes;
}

}  // namespace

Tier joining_tier(const Enterprise& enterprise, const Booking* swap_booking) {
  if (swap_booking != nullptr && swap_booking->needs_relocation) return Tier::relocation;
  if (enterprise.key_project) return Tier::key_project;
  if (enterprise.high_tech) return Tier::high_tech;
  return Tier::ordinary;
}

Tier promoted(Tier tier) {
  switch (tier) {
    case Tier::ordinary:
      return Tier::high_tech;
    case Tier::high_tech:
      return Tier::key_project;
    case Tier::key_project:
      return Tier::relocation;
    case Tier::relocation:
    case Tier::emergency:
      break;
  }
  return tier;
}

Instant next_promotion(const HallCalendar& calendar, const ServicePolicy& policy, Tier tier,
                       Instant since) {
  if (policy.promote_after_business_days <= 0 || promoted(tier) == tier) return never;
  const Date from = date_of(since);
  const auto day = calendar.add_business_days(from, policy.promote_after_business_days);
  if (!day) return never;
  return since + (*day - from) * ms_per_day;
}

Standing standing_after(const HallCalendar& calendar, const ServicePolicy& policy, Tier tier,
                        Instant since, Instant now) {
  Standing standing{tier, next_promotion(calendar, policy, tier, since)};
  while (standing.promote_at <= now) {
    const Instant lifted_at = standing.promote_at;
    standing.tier = promoted(standing.tier);
    standing.promote_at = next_promotion(calendar, policy, standing.tier, lifted_at);
  }
  return standing;
}

std::vector<BlockKey> expand_wishes(const State& state, const Service& service,
                                    const std::vector<Wish>& wishes, Instant now) {
  std::vector<BlockKey> keys;
  for (const Wish& wish : wishes) {
    for (const BlockFacts& block : blocks_on(state, service, wish.date, now)) {
      if (block.open_for_booking(now) && matches(wish, block)) keys.push_back(block.key);
    }
  }
  std::sort(keys.begin(), keys.end());
  keys.erase(std::unique(keys.begin(), keys.end()), keys.end());
  return keys;
}

Instant offer_expiry(const HallCalendar& calendar, const ServicePolicy& policy, Instant cutoff_at,
                     Instant now) {
  Instant expires_at = calendar.add_opening_time(now, policy.hold_ms).value_or(cutoff_at);
  expires_at = std::max(expires_at, now + policy.hold_min_ms);
  return std::min(expires_at, cutoff_at);
}

std::vector<QueuePosition> queue_positions(const State& state, const WaitlistEntry& entry) {
  std::vector<QueuePosition> positions;
  for (const BlockKey& key : entry.blocks) {
    const WaitingPlace* place = state.find(place_key(entry.id, key));
    if (place == nullptr) continue;
    positions.push_back(
        {.block = key, .position = of_all(place->ahead) + 1, .ahead_by_tier = place->ahead});
  }
  return positions;
}

bool is_eligible(const State& state, const WaitlistEntry& entry, const BlockKey& key, Instant now) {
  if (entry.status != WaitlistStatus::waiting) return false;
  if (!can_sign_in(state, entry.enterprise)) return false;  // nobody would see the offer
  const Service* service = state.find(entry.service);
  const auto block = block_facts(state, *service, key, now);
  if (!block || !block->open_for_waiters(now)) return false;
  if (entry.swap_booking && !can_be_swapped(state, *service, entry, key, now)) return false;

  int open = 0;
  const std::uint32_t swapped = slot_of(state, entry.swap_booking);
  for (const OpenSeat& seat : open_seats(state, entry.enterprise)) {
    if (seat.slot == swapped) continue;
    if (overlaps_block(seat.date, {seat.start, seat.end}, *block)) return false;
    if (is_of_service(state, seat, entry.service)) ++open;
  }
  // A seat held by another offer of this enterprise counts as if it were taken.
  for (const WaitlistEntryId& id : open_entries(state, entry.enterprise)) {
    const WaitlistEntry* other = state.find(id);
    const Offer* offer = state.find(other->offer);
    if (offer == nullptr || offer->status != OfferStatus::open) continue;
    if (overlaps_block(offer->block.date, {offer->block.start, offer->end}, *block)) return false;
    if (offer->swap_booking && offer->swap_booking == entry.swap_booking) return false;
    if (offer->block.service == entry.service && !offer->swap_booking) ++open;
  }
  return entry.swap_booking || open < service->policy.max_open;
}

}  // namespace yuanyue
