// Entries and offers.
#include <algorithm>
#include <tuple>

#include "core/appointments/answer_offer.h"
#include "core/appointments/block.h"
#include "core/appointments/booking.h"
#include "core/appointments/ids.h"
#include "core/appointments/join_waitlist.h"
#include "core/appointments/offer.h"
#include "core/appointments/waiting_place.h"
#include "core/appointments/waitlist_entry.h"
#include "core/catalog/catalog.h"
#include "core/catalog/save_catalog.h"
#include "core/kernel/notice.h"
#include "core/messages/notification.h"
#include "tests/core/support/judge_book.h"
#include "tests/core/support/judge_trial.h"
#include "tests/core/support/kinds.h"

namespace yuanyue::worlds {
namespace {

bool has(const std::vector<BlockKey>& blocks, const BlockKey& key) {
  return std::ranges::find(blocks, key) != blocks.end();
}

std::vector<BlockKey> without(std::vector<BlockKey> blocks, const BlockKey& key) {
  std::erase(blocks, key);
  return blocks;
}

auto rank(const WaitlistEntry& entry) { return std::tuple(entry.tier, entry.joined_at, entry.id); }

}  // namespace

// The queues that wishes stand for: not the seat that is held already, not those that are full.
std::vector<BlockKey> Trial::queues_for(const Service& service, const std::vector<Wish>& wishes,
                                        const BookingId& swap, const WaitlistEntry* present) const {
  std::vector<BlockKey> blocks = book::blocks_of(park_, service, wishes, now_);
  if (const auto* booking = park_.find<Booking>(swap)) std::erase(blocks, booking->block);
  std::erase_if(blocks, [&](const BlockKey& key) {
    const bool has_place = present != nullptr && has(present->blocks, key);
    return !has_place && std::ssize(book::places_in(park_, key)) >= service.policy.max_waiting;
  });
  return blocks;
}

// --- entries -----------------------------------------------------------------------------------

void Trial::judge(const WaitlistEntry* before, const WaitlistEntry* after) {
  if (after == nullptr) return void(expect(false, "an entry is removed"));
  touched_entries_.insert(after->id);
  if (before == nullptr) return judge_new_entry(*after);
  const bool was_open =
      before->status == WaitlistStatus::waiting || before->status == WaitlistStatus::offered;
  if (!expect(was_open, "a finished entry is changed")) return;
  WaitlistEntry expected = *before;
  switch (after->status) {
    case WaitlistStatus::waiting:
      return judge_waiting(*before, *after);
    case WaitlistStatus::offered:
      if (before->tier != after->tier) return judge_tier(*before, *after);
      if (before->status == WaitlistStatus::offered) return judge_closing(*before, *after);
      expected.status = WaitlistStatus::offered;
      expected.offer = after->offer;
      expected.offered_block = park_.find<Offer>(after->offer)->block;
      expect(*after == expected, "an offer changes more than its entry's status");
      return;
    case WaitlistStatus::fulfilled:
      return judge_fulfilled(*before, *after);
    case WaitlistStatus::left:
    case WaitlistStatus::ended:
      return judge_ended(*before, *after);
  }
}

void Trial::judge_new_entry(const WaitlistEntry& row) {
  const auto* join = command<JoinWaitlist>();
  if (!expect(join != nullptr && join->entry == row.id, "an entry that nobody made")) return;
  const auto* service = park_.find<Service>(join->service);
  const auto* swap = park_.find<Booking>(join->swap_booking);
  WaitlistEntry expected;
  expected.id = join->entry;
  expected.enterprise = own_;
  expected.joined_by = envelope_.actor.user;
  expected.service = join->service;
  expected.wishes = join->wishes;
  expected.blocks = queues_for(*service, join->wishes, join->swap_booking, nullptr);
  expected.swap_booking = join->swap_booking;
  expected.auto_accept = join->auto_accept;
  expected.tier = book::tier_of(*park_.find<Enterprise>(own_), swap);
  expected.joined_tier = expected.tier;
  expected.joined_at = now_;
  expected.promote_at = book::rises_at(park_, *service, expected.tier, now_);
  expected.closes_at = book::closes_at(*service, expected.blocks, now_);
  expect(row == expected, "a new entry is not what was asked for");
  detail_of(entry_fact(events::waitlist_joined, expected)).block = expected.blocks.front();
  did_it_ = true;
}

void Trial::judge_waiting(const WaitlistEntry& before, const WaitlistEntry& after) {
  const auto* service = park_.find<Service>(before.service);
  WaitlistEntry expected = before;
  if (before.status == WaitlistStatus::offered) {
    const auto* offer = park_.find<Offer>(before.offer);
    expected.status = WaitlistStatus::waiting;
    expected.offer = {};
    expected.offered_block.reset();
    const bool is_over = offer->status == OfferStatus::withdrawn && is_timer();
    if (offer->status == OfferStatus::declined || offer->status == OfferStatus::expired ||
        is_over) {
      expected.blocks = without(before.blocks, offer->block);
      expected.closes_at = book::closes_at(*service, expected.blocks, now_);
    } else if (expect(offer->status == OfferStatus::withdrawn, "an entry waits on with an offer")) {
      Notification& told = message(notices::offer_withdrawn, before.enterprise);
      detail_of(told).entry = before.id;
      detail_of(told).offer = offer->id;
      detail_of(told).block = offer->block;
    }
    expect(after == expected, "after its offer an entry waits for other things than before");
    return;
  }
  const auto* change = command<ChangeWaitlistEntry>();
  if (change != nullptr && change->entry == before.id && before.enterprise == own_) {
    expected.wishes = change->wishes;
    expected.blocks = queues_for(*service, change->wishes, before.swap_booking, &before);
    expected.auto_accept = change->auto_accept;
    expected.closes_at = book::closes_at(*service, expected.blocks, now_);
    expect(after == expected, "changed wishes are not what was asked for");
    if (expected.blocks.empty()) return;
    detail_of(entry_fact(events::waitlist_changed, expected)).block = expected.blocks.front();
    did_it_ = true;
    return;
  }
  if (before.tier != after.tier) return judge_tier(before, after);
  judge_closing(before, after);
}

// Blocks that have passed are forgotten; another cutoff means another end.
void Trial::judge_closing(const WaitlistEntry& before, const WaitlistEntry& after) {
  WaitlistEntry expected = before;
  if (is_timer()) {
    std::erase_if(expected.blocks, [&](const BlockKey& key) {
      const auto* block = park_.find<Block>(key);
      const bool is_gone = !has(after.blocks, key);
      return is_gone && block != nullptr && to_instant(key.date, block->end) <= now_;
    });
  } else {
    expect(command<SaveCatalog>() != nullptr, "an entry changes for no reason");
  }
  const auto* service = park_.find<Service>(before.service);
  expected.closes_at = book::closes_at(*service, expected.blocks, now_);
  expect(after == expected, "an entry loses or gains what it waits for");
}

void Trial::judge_tier(const WaitlistEntry& before, const WaitlistEntry& after) {
  const Service& service = *park_.find<Service>(before.service);
  const auto* swap = park_.find<Booking>(before.swap_booking);
  WaitlistEntry expected = before;
  if (is_timer() && before.promote_at <= now_) {
    expected.tier = book::one_up(before.tier);
    expected.promote_at = book::rises_at(park_, service, expected.tier, before.promote_at);
    entry_fact(events::waitlist_promoted, before);
    detail_of(message(notices::tier_promoted, before.enterprise)).entry = before.id;
  } else if (swap != nullptr && swap->needs_relocation) {
    expected.tier = Tier::relocation;
    expected.promote_at = never;
  } else if (expect(swap != nullptr, "an entry changes its tier for no reason")) {
    const Tier joined = before.joined_tier == Tier::relocation
                            ? book::tier_of(*park_.find<Enterprise>(before.enterprise), nullptr)
                            : before.joined_tier;
    std::tie(expected.tier, expected.promote_at) =
        book::standing(park_, service, joined, before.joined_at, now_);
  }
  expect(after == expected, "an entry's tier is not the rule's");
}

void Trial::judge_fulfilled(const WaitlistEntry& before, const WaitlistEntry& after) {
  WaitlistEntry expected = before;
  expected.status = WaitlistStatus::fulfilled;
  expected.offer = {};
  expected.offered_block.reset();
  expect(after == expected, "a fulfilled entry changes more than its status");
  expect(!served_, "an entry is fulfilled before the one before it has its seat");
  Served served{before, std::nullopt};
  if (before.status == WaitlistStatus::offered) {
    const auto* accept = command<AcceptOffer>();
    expect(accept != nullptr && accept->offer == before.offer && before.enterprise == own_,
           "an offer is taken that its enterprise did not accept");
    served.offered = park_.find<Offer>(before.offer)->block;
  } else {
    expect(before.auto_accept, "a seat is taken for an entry that wanted to be asked");
  }
  served.entry.status = WaitlistStatus::waiting;
  served_ = std::move(served);
}

// The booking that a fulfilled entry has become or moved.
void Trial::judge_served(const BlockKey& key, const BookingId& booking) {
  const Served served = *std::exchange(served_, std::nullopt);
  if (served.offered) {
    expect(key == *served.offered, "another block than the offered one is given");
    expect(!book::is_closed(park_, key, now_), "a seat of a closed block is given");
    return;
  }
  judge_turn(served.entry, key);
  judge_seat_is_there(key);
  LedgerEntry& entry = fact(events::seat_auto_accepted, served.entry.enterprise);
  detail_of(entry).entry = served.entry.id;
  detail_of(entry).booking = booking;
  detail_of(entry).block = key;
  Notification& told = message(notices::auto_accepted, served.entry.enterprise);
  detail_of(told).entry = served.entry.id;
  detail_of(told).booking = booking;
  detail_of(told).block = key;
}

// The entry may have a seat of the block, and nobody who may have it stands before it.
void Trial::judge_turn(const WaitlistEntry& entry, const BlockKey& key) {
  expect(book::may_be_served(park_, entry, key, now_), "somebody is served who may not be");
  for (const WaitlistEntry* other : book::queue_of(park_, key)) {
    if (rank(*other) >= rank(entry)) break;
    expect(!book::may_be_served(park_, *other, key, now_), "somebody is served before his turn");
  }
}

void Trial::judge_ended(const WaitlistEntry& before, const WaitlistEntry& after) {
  const bool left = after.status == WaitlistStatus::left;
  WaitlistEntry expected = before;
  expected.status = after.status;
  expected.end_reason = after.end_reason;
  expected.offer = {};
  expected.offered_block.reset();
  expect(after == expected, "an entry's end changes more than its status");
  expect(left == (after.end_reason == WaitlistEndReason::left_by_enterprise),
         "an entry's end gives another reason than its status");
  expect(may_end(before, after.end_reason), "an entry ends for a reason that does not hold");
  entry_fact(left ? events::waitlist_left : events::waitlist_ended, before);
  if (left) return;
  Notification& told = message(notices::waitlist_ended, before.enterprise);
  detail_of(told).entry = before.id;
  detail_of(told).end_reason = after.end_reason;
  if (!before.blocks.empty()) detail_of(told).block = before.blocks.back();
}

bool Trial::may_end(const WaitlistEntry& entry, WaitlistEndReason reason) {
  const auto* swap = park_.find<Booking>(entry.swap_booking);
  const auto* offer = park_.find<Offer>(entry.offer);
  const auto offer_became = [&](OfferStatus status) {
    return offer != nullptr && offer->status == status && entry.blocks.size() == 1;
  };
  switch (reason) {
    case WaitlistEndReason::left_by_enterprise: {
      if (leaves(entry.enterprise)) return true;
      const auto* leave = command<LeaveWaitlist>();
      if (leave != nullptr) did_it_ = leave->entry == entry.id;
      const bool moved_there =
          swap != nullptr && touched_bookings_.contains(swap->id) &&
          (has(entry.blocks, swap->block) || (offer != nullptr && offer->block == swap->block));
      return entry.enterprise == own_ && (leave != nullptr ? did_it_ : moved_there);
    }
    case WaitlistEndReason::blocks_passed:
      return is_timer() && (entry.closes_at <= now_ || offer_became(OfferStatus::withdrawn));
    case WaitlistEndReason::booking_gone:
      return swap != nullptr && swap->status != BookingStatus::confirmed;
    case WaitlistEndReason::offer_declined:
      return command<DeclineOffer>() != nullptr && offer_became(OfferStatus::declined);
    case WaitlistEndReason::offer_expired:
      return is_timer() && offer_became(OfferStatus::expired);
    case WaitlistEndReason::none:
      break;
  }
  return false;
}

// --- places in queues --------------------------------------------------------------------------

void Trial::judge(const WaitingPlace* before, const WaitingPlace* after) {
  const WaitingPlaceKey& key = (after != nullptr ? after : before)->key;
  const auto* entry = park_.find<WaitlistEntry>(key.entry);
  if (!expect(entry != nullptr, "a place of no entry")) return;
  touched_entries_.insert(entry->id);
  touched_blocks_.insert({entry->service, key.date, key.start});
  const bool is_written_anew = before != nullptr && after != nullptr && *before == *after;
  expect(!is_written_anew, "a place is written that was so already");
}

// In every queue that was touched each has its place, with those before it, and nobody else has.
void Trial::judge_places() {
  for (const BlockKey& key : touched_blocks_) {
    ByTier before{};
    for (const WaitlistEntry* entry : book::places_in(park_, key)) {
      const auto* place = park_.find<WaitingPlace>(WaitingPlaceKey{entry->id, key.date, key.start});
      if (!expect(place != nullptr, "somebody waits without a place")) return;
      expect(place->enterprise == entry->enterprise, "a place is told to another enterprise");
      expect(place->ahead == before, "a place counts others than those before it");
      ++before[static_cast<std::size_t>(entry->tier)];
    }
    const auto* block = park_.find<Block>(key);
    expect((block == nullptr ? ByTier{} : block->waiting) == before,
           "a block's count of who waits is wrong");
  }
  for (const WaitlistEntryId& id : touched_entries_) {
    const auto* entry = park_.find<WaitlistEntry>(id);
    const auto& places = park_.all<WaitingPlace>();
    for (auto it = places.lower_bound({.entry = id, .date = {INT32_MIN}, .start = {}});
         it != places.end() && it->first.entry == id; ++it) {
      const BlockKey key{entry->service, it->first.date, it->first.start};
      const auto waiting = book::places_in(park_, key);
      expect(std::ranges::find(waiting, entry) != waiting.end(), "a place where nobody waits");
    }
  }
}

// --- offers ------------------------------------------------------------------------------------

void Trial::judge_new_offer(const Offer& row) {
  const auto* entry = park_.find<WaitlistEntry>(row.entry);
  const auto seats = book::seats_of(park_, row.block, now_);
  if (!expect(entry != nullptr && seats, "an offer to no entry or of no block")) return;
  const auto* service = park_.find<Service>(row.block.service);
  Offer expected;
  expected.id = row.id;
  expected.entry = entry->id;
  expected.enterprise = entry->enterprise;
  expected.block = row.block;
  expected.end = seats->end;
  expected.swap_booking = entry->swap_booking;
  expected.made_at = now_;
  expected.expires_at = book::offer_ends_at(park_, *service, *seats, now_);
  expect(row.expires_at == expected.expires_at, "an offer is held shorter or longer than the rule");
  expect(row == expected, "an offer says otherwise than its entry");
  expect(entry->status == WaitlistStatus::waiting, "a second offer to one entry");
  expect(!entry->auto_accept, "an offer to an entry that takes seats by itself");
  judge_turn(*entry, row.block);
  judge_seat_is_there(row.block);
  offer_fact(events::offer_made, row);
  Notification& told = message(notices::offer_made, row.enterprise);
  detail_of(told).entry = row.entry;
  detail_of(told).offer = row.id;
  detail_of(told).booking = row.swap_booking;
  detail_of(told).block = row.block;
  detail_of(told).until = expected.expires_at;
}

void Trial::judge(const Offer* before, const Offer* after) {
  if (after == nullptr) return void(expect(false, "an offer is removed"));
  if (before == nullptr) return judge_new_offer(*after);
  expect(before->status == OfferStatus::open, "a closed offer is changed");
  Offer expected = *before;
  expected.status = after->status;
  expect(*after == expected, "an offer is changed");
  const auto* accept = command<AcceptOffer>();
  const auto* decline = command<DeclineOffer>();
  switch (after->status) {
    case OfferStatus::accepted:
      did_it_ = accept != nullptr && accept->offer == before->id && before->enterprise == own_;
      expect(did_it_, "an offer is accepted by somebody else");
      offer_fact(events::offer_accepted, *before);
      return;
    case OfferStatus::declined:
      did_it_ = decline != nullptr && decline->offer == before->id && before->enterprise == own_;
      expect(did_it_, "an offer is declined by somebody else");
      offer_fact(events::offer_declined, *before);
      return;
    case OfferStatus::expired: {
      expect(is_timer() && before->expires_at <= now_, "an offer expires before its time");
      expect(!book::is_cut_short(park_, *before), "an offer expires that could hardly be taken");
      offer_fact(events::offer_expired, *before);
      Notification& told = message(notices::offer_expired, before->enterprise);
      detail_of(told).entry = before->entry;
      detail_of(told).offer = before->id;
      detail_of(told).block = before->block;
      return;
    }
    case OfferStatus::withdrawn:
      withdrawn_.insert(before->id);
      offer_fact(events::offer_withdrawn, *before);
      // After an outage its entry may have ended first, with the booking that it was to swap.
      if (is_timer() && before->expires_at <= now_ && !has_swap_gone(*before)) {
        Notification& told = message(notices::offer_withdrawn, before->enterprise);
        detail_of(told).entry = before->entry;
        detail_of(told).offer = before->id;
        detail_of(told).block = before->block;
      }
      return;
    case OfferStatus::open:
      expect(false, "an offer changes for no reason");
  }
}

bool Trial::has_swap_gone(const Offer& offer) const {
  const auto* swap = park_.find<Booking>(offer.swap_booking);
  return swap != nullptr && swap->status != BookingStatus::confirmed;
}

void Trial::judge_withdrawn() {
  for (const OfferId& id : withdrawn_) {
    const auto* offer = park_.find<Offer>(id);
    const auto* entry = park_.find<WaitlistEntry>(offer->entry);
    const bool is_over =
        entry->status == WaitlistStatus::left || entry->status == WaitlistStatus::ended;
    const bool is_taken_back =
        is_administration() && (book::is_closed(park_, offer->block, now_) ||
                                !book::has_account(park_, offer->enterprise));
    const bool is_cut_short =
        is_timer() && offer->expires_at <= now_ && book::is_cut_short(park_, *offer);
    expect(is_over || is_taken_back || is_cut_short, "an offer is withdrawn for no reason");
  }
  for (const WaitlistEntryId& id : touched_entries_) {
    const auto* entry = park_.find<WaitlistEntry>(id);
    const auto* offer = park_.find<Offer>(entry->offer);
    const bool has_open = offer != nullptr && offer->status == OfferStatus::open;
    expect(has_open == (entry->status == WaitlistStatus::offered),
           "an entry is not offered just while its offer is open");
  }
}

}  // namespace yuanyue::worlds
