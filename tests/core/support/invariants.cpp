#include "tests/core/support/invariants.h"

#include <algorithm>
#include <set>
#include <utility>

#include "core/appointments/block.h"
#include "core/appointments/blocks.h"
#include "core/appointments/booking.h"
#include "core/appointments/booking_code.h"
#include "core/appointments/offer.h"
#include "core/appointments/waitlist_entry.h"
#include "core/catalog/catalog.h"
#include "core/kernel/domain.h"
#include "core/kernel/engine.h"
#include "core/people/ids.h"
#include "core/people/user.h"
#include "tests/core/support/archive_rules.h"

namespace yuanyue::worlds {
namespace {

using Sentences = std::vector<std::string>;

std::string name_of(const BlockKey& key) {
  return std::string(key.service.view()) + " " + to_string(key.date) + " " + to_string(key.start);
}

bool clash(const BlockKey& a, TimeOfDay a_end, const BlockKey& b, TimeOfDay b_end) {
  return a.date == b.date && a.start < b_end && b.start < a_end;
}

// Everything counted once from the plain rows.
struct Counted {
  std::map<BlockKey, int> booked;
  std::map<BlockKey, int> held;
  std::map<BlockKey, std::vector<QueuePlace>> queues;
  std::map<EnterpriseId, std::vector<const Booking*>> bookings;
  std::map<EnterpriseId, std::vector<const Offer*>> offers;
};

Counted count(const State& state) {
  Counted counted;
  state.for_each<Booking>([&](const Booking& booking) {
    if (booking.status != BookingStatus::confirmed) return;
    ++counted.booked[booking.block];
    counted.bookings[booking.enterprise].push_back(&booking);
  });
  state.for_each<Offer>([&](const Offer& offer) {
    if (offer.status != OfferStatus::open) return;
    ++counted.held[offer.block];
    counted.offers[offer.enterprise].push_back(&offer);
  });
  state.for_each<WaitlistEntry>([&](const WaitlistEntry& entry) {
    if (!is_open(entry)) return;
    const Offer* offer = state.find(entry.offer);
    for (const BlockKey& key : entry.blocks) {
      if (offer != nullptr && offer->block == key) continue;
      counted.queues[key].push_back({entry.tier, entry.joined_at, entry.id});
    }
  });
  for (auto& [key, queue] : counted.queues) std::ranges::sort(queue);
  return counted;
}

// Somebody who can sign in; from the rows, not the index.
bool has_account(const State& state, const EnterpriseId& enterprise) {
  bool found = false;
  state.for_each<User>([&](const User& user) {
    found = found || (user.enterprise == enterprise && !user.disabled);
  });
  return found;
}

bool may_take(const State& state, const Counted& counted, const WaitlistEntry& entry,
              const BlockKey& key, TimeOfDay end, Instant now) {
  if (!has_account(state, entry.enterprise)) return false;
  const Service& service = *state.find(entry.service);
  const Booking* swap = state.find(entry.swap_booking);
  if (swap != nullptr) {
    if (swap->status != BookingStatus::confirmed || swap->block == key) return false;
    const Instant swap_closes =
        to_instant(swap->block.date, swap->block.start) - service.policy.cutoff_ms;
    const bool spent = swap->changes_used >= service.policy.max_changes || now >= swap_closes;
    if (spent && !swap->needs_relocation) return false;
  }
  int open = 0;
  if (const auto own = counted.bookings.find(entry.enterprise); own != counted.bookings.end()) {
    for (const Booking* booking : own->second) {
      if (booking->id == entry.swap_booking) continue;
      if (clash(booking->block, booking->end, key, end)) return false;
      open += booking->block.service == entry.service;
    }
  }
  if (const auto own = counted.offers.find(entry.enterprise); own != counted.offers.end()) {
    for (const Offer* offer : own->second) {
      if (clash(offer->block, offer->end, key, end)) return false;
      if (offer->swap_booking) {
        if (offer->swap_booking == entry.swap_booking) return false;
      } else {
        open += offer->block.service == entry.service;
      }
    }
  }
  return swap != nullptr || open < service.policy.max_open;
}

void check_block(const State& state, const Counted& counted, const Block& block, Instant now,
                 Sentences& wrong) {
  const auto say = [&](std::string_view what) {
    wrong.push_back(name_of(block.key) + ": " + std::string(what));
  };
  const auto number = [](const std::map<BlockKey, int>& counts, const BlockKey& key) {
    const auto it = counts.find(key);
    return it == counts.end() ? 0 : it->second;
  };
  if (block.booked != number(counted.booked, block.key)) say("booked is not its bookings");
  if (block.held != number(counted.held, block.key)) say("held is not its open offers");
  const auto queue = counted.queues.find(block.key);
  const bool same =
      queue == counted.queues.end() ? block.queue.empty() : block.queue == queue->second;
  if (!same) say("the queue is not its waiting entries in order");
  if (to_instant(block.key.date, block.end) <= now) say("is over but still there");

  const Service& service = *state.find(block.key.service);
  const auto facts = block_facts(state, service, block.key, now);
  if (!facts || facts->closed_by_override || now >= facts->cutoff_at) return;
  if (facts->capacity - facts->reserve - block.booked - block.held <= 0) return;
  for (const QueuePlace& place : block.queue) {
    const WaitlistEntry* entry = state.find(place.entry);
    if (entry == nullptr || entry->status != WaitlistStatus::waiting) continue;
    if (may_take(state, counted, *entry, block.key, facts->end, now)) {
      say("somebody who may have it waits beside a free seat");
    }
  }
}

void check_enterprises(const State& state, const Counted& counted, Sentences& wrong) {
  for (const auto& [enterprise, bookings] : counted.bookings) {
    for (std::size_t i = 0; i < bookings.size(); ++i) {
      for (std::size_t j = 0; j < i; ++j) {
        const Booking& a = *bookings[i];
        const Booking& b = *bookings[j];
        if (clash(a.block, a.end, b.block, b.end)) {
          wrong.push_back("an enterprise holds seats that overlap at " + name_of(a.block));
        }
      }
    }
  }
  for (const auto& [key, booked] : counted.booked) {
    if (state.find(key) == nullptr) wrong.push_back(name_of(key) + ": bookings without counters");
  }
  for (const auto& [key, queue] : counted.queues) {
    if (state.find(key) == nullptr) wrong.push_back(name_of(key) + ": waiters without a queue");
  }
}

void check_entry(const State& state, const WaitlistEntry& entry, Instant now, Sentences& wrong) {
  const Offer* offer = state.find(entry.offer);
  const bool offered = entry.status == WaitlistStatus::offered;
  if (offered != (offer != nullptr && offer->status == OfferStatus::open)) {
    wrong.emplace_back("an entry is offered exactly while its offer is open");
  }
  if (!is_open(entry)) return;
  if (entry.blocks.empty()) wrong.emplace_back("an open entry waits for nothing");
  if (!std::ranges::is_sorted(entry.blocks)) wrong.emplace_back("an entry's blocks are unsorted");
  if (entry.tier > entry.joined_tier && entry.joined_tier != Tier::relocation) {
    wrong.emplace_back("an entry sank below the tier it joined with");
  }
  if (entry.tier == Tier::emergency) wrong.emplace_back("an entry rose to emergency");
  const Service& service = *state.find(entry.service);
  const BlockKey& last = entry.blocks.back();
  const Instant closes_at = to_instant(last.date, last.start) - service.policy.cutoff_ms;
  if (entry.closes_at != closes_at) wrong.emplace_back("an entry ends before or after its blocks");
  if (entry.closes_at <= now) wrong.emplace_back("an entry is over but still open");
  if (!entry.swap_booking) return;
  const Booking* swap = state.find(entry.swap_booking);
  if (swap == nullptr || swap->status != BookingStatus::confirmed) {
    wrong.emplace_back("an entry waits to swap a booking that is gone");
  }
  if (swap != nullptr && (entry.tier == Tier::relocation) != swap->needs_relocation &&
      swap->needs_relocation) {
    wrong.emplace_back("a booking to be relocated does not rank as relocation");
  }
}

void check_offer(const State& state, const Offer& offer, Instant now, Sentences& wrong) {
  if (offer.status != OfferStatus::open) return;
  const WaitlistEntry* entry = state.find(offer.entry);
  if (entry == nullptr || entry->offer != offer.id) wrong.emplace_back("an offer of no entry");
  if (offer.expires_at <= now) wrong.emplace_back("an offer has expired but is open");
  const Instant starts_at = to_instant(offer.block.date, offer.block.start);
  if (offer.expires_at > starts_at) wrong.emplace_back("an offer outlives its block's start");
}

void check_booking(const Booking& booking, Instant now, Sentences& wrong) {
  if (normalize_booking_code(booking.code) != booking.code) wrong.emplace_back("a bad code");
  if (booking.changes_used < 0) wrong.emplace_back("a negative number of changes");
  if (booking.status != BookingStatus::confirmed) {
    if (booking.previous_block) wrong.emplace_back("a finished booking could be undone");
    return;
  }
  if (to_instant(booking.block.date, booking.end) <= now) {
    wrong.emplace_back("a booking is over but still confirmed");
  }
}

}  // namespace

Excess excess_of(const State& state, Instant now) {
  Excess excess;
  state.for_each<Block>([&](const Block& block) {
    const auto facts = block_facts(state, *state.find(block.key.service), block.key, now);
    const int seats = facts ? facts->capacity - facts->reserve : 0;
    const int over = block.booked + block.held - seats;
    if (over > 0) excess.emplace(block.key, over);
  });
  return excess;
}

bool may_take_seat(const State& state, const WaitlistEntry& entry, const BlockKey& block,
                   Instant now) {
  const Service& service = *state.find(entry.service);
  const auto facts = block_facts(state, service, block, now);
  return facts && may_take(state, count(state), entry, block, facts->end, now);
}

std::vector<std::string> broken_invariants(const State& state, Instant now) {
  Sentences wrong;
  const Counted counted = count(state);
  std::set<std::string> codes;
  state.for_each<Block>([&](const Block& row) { check_block(state, counted, row, now, wrong); });
  check_enterprises(state, counted, wrong);
  state.for_each<WaitlistEntry>(
      [&](const WaitlistEntry& row) { check_entry(state, row, now, wrong); });
  state.for_each<Offer>([&](const Offer& row) { check_offer(state, row, now, wrong); });
  state.for_each<Booking>([&](const Booking& row) {
    check_booking(row, now, wrong);
    if (!codes.insert(row.code).second) wrong.emplace_back("two bookings have the same code");
  });
  if (next_due(state) <= now) wrong.emplace_back("something due was not run");
  const std::int64_t kept =
      kept_ms([&](const auto& see) { state.for_each<Park>([&](const Park& park) { see(park); }); });
  for_each_row(state, state.domains().rows(), [&](const RowRef& row) {
    const auto done = done_at(row);
    if (done && *done + kept <= now)
      wrong.emplace_back("a finished row stays beyond its retention");
  });
  return wrong;
}

}  // namespace yuanyue::worlds
