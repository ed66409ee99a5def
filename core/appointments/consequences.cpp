#include "core/appointments/consequences.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <set>
#include <utility>

#include "core/appointments/blocks.h"
#include "core/appointments/booking.h"
#include "core/appointments/booking_rules.h"
#include "core/appointments/offer.h"
#include "core/appointments/open_work.h"
#include "core/appointments/waitlist_entry.h"
#include "core/kernel/row.h"
#include "core/people/accounts.h"
#include "core/people/enterprise.h"

namespace yuanyue {
namespace {

// What is compared, before and after.
struct Picture {
  std::set<BookingId> movable;  // by their enterprises themselves
  std::map<BlockKey, Consequences::Crowded> crowded;
  std::set<EnterpriseId> cut_off;
};

bool has_something(const State& state, const EnterpriseId& enterprise) {
  return !open_seats(state, enterprise).empty() || !open_entries(state, enterprise).empty();
}

Picture picture_of(const State& state, Instant now) {
  Picture picture;
  state.for_each<Booking>([&](const Booking& booking) {
    if (booking.status != BookingStatus::confirmed) return;
    if (!check_can_reschedule(state, booking, now)) picture.movable.insert(booking.id);
  });
  state.for_each<Block>([&](const Block& block) {
    const auto facts = block_facts(state, *state.find(block.key.service), block.key, now);
    const int capacity = facts && !facts->closed_by_override ? facts->capacity : 0;
    const int seats = block.booked + block.held;
    if (seats > capacity) picture.crowded[block.key] = {block.key, seats, capacity};
  });
  state.for_each<Enterprise>([&](const Enterprise& row) {
    if (!can_sign_in(state, row.id) && has_something(state, row.id)) picture.cut_off.insert(row.id);
  });
  return picture;
}

// What the changed rows tell by themselves.
void read(const Booking& before, const Booking& after, Consequences& found) {
  if (before.status != after.status || before.needs_relocation == after.needs_relocation) return;
  (after.needs_relocation ? found.must_move : found.need_not_move).push_back(after.id);
}
void read(const Offer& before, const Offer& after, Consequences& found) {
  if (before.status == OfferStatus::open && after.status == OfferStatus::withdrawn) {
    found.offers_taken_back.push_back(after.id);
  }
}
void read(const WaitlistEntry& before, const WaitlistEntry& after, Consequences& found) {
  if (is_open(before) && after.status == WaitlistStatus::ended) {
    found.entries_ended.push_back(after.id);
  }
}
template <class Row>
void read_if(const RowChange& change, Consequences& found) {
  const Row* before = change.before_if<Row>();
  const Row* after = change.after_if<Row>();
  if (before != nullptr && after != nullptr) read(*before, *after, found);
}

void read_changes(const Outcome& outcome, Consequences& found) {
  for (const RowChange& change : outcome.changes()) {
    const Offer* offer = change.after_if<Offer>();
    if (offer != nullptr && !change.before()) found.seats_offered.push_back(offer->block);
    read_if<Booking>(change, found);
    read_if<Offer>(change, found);
    read_if<WaitlistEntry>(change, found);
  }
}

int missing(const Consequences::Crowded& block) { return block.seats - block.capacity; }

// A closed block is told as bookings that must move, not as one with too few seats.
bool is_closed(const State& state, const BlockKey& key, Instant now) {
  const auto facts = block_facts(state, *state.find(key.service), key, now);
  return !facts || facts->closed_by_override;
}

}  // namespace

Result<Consequences> consequences_of(State& state, const Envelope& envelope) {
  const Instant now = envelope.now;
  const Picture before = picture_of(state, now);
  Consequences found;
  const auto outcome = suppose(state, envelope, [&](const State& then) {
    const Picture after = picture_of(then, now);
    std::ranges::set_difference(before.movable, after.movable,
                                std::back_inserter(found.no_longer_movable));
    std::erase_if(found.no_longer_movable, [&](const BookingId& id) {
      return then.find(id)->status != BookingStatus::confirmed;
    });
    for (const auto& [key, crowded] : after.crowded) {
      const auto known = before.crowded.find(key);
      const bool is_news =
          known == before.crowded.end() || missing(crowded) > missing(known->second);
      if (is_news && !is_closed(then, key, now)) found.crowded.push_back(crowded);
    }
    std::ranges::set_difference(after.cut_off, before.cut_off, std::back_inserter(found.cut_off));
  });
  if (!outcome) return std::unexpected(outcome.error());
  read_changes(*outcome, found);
  std::ranges::sort(found.must_move);
  std::ranges::sort(found.need_not_move);
  std::ranges::sort(found.offers_taken_back);
  std::ranges::sort(found.seats_offered);
  std::ranges::sort(found.entries_ended);
  return found;
}

}  // namespace yuanyue
