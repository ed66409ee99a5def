#include "core/appointments/consequences.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <set>
#include <utility>
#include <variant>

#include "core/appointments/blocks.h"
#include "core/appointments/booking_rules.h"

namespace yuanyue {
namespace {

// What is compared, before and after.
struct Picture {
  std::set<BookingId> movable;  // by their enterprises themselves
  std::map<BlockKey, Consequences::Crowded> crowded;
  std::set<EnterpriseId> cut_off;
};

bool has_something(const State& state, const EnterpriseId& enterprise) {
  return !state.open_seats(enterprise).empty() || !state.open_entries(enterprise).empty();
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
    if (!state.can_sign_in(row.id) && has_something(state, row.id)) picture.cut_off.insert(row.id);
  });
  return picture;
}

// What the changed rows tell by themselves.
struct Reader {
  Consequences& found;

  void operator()(const Booking& before, const Booking& after) const {
    if (before.status != after.status || before.needs_relocation == after.needs_relocation) return;
    (after.needs_relocation ? found.must_move : found.need_not_move).push_back(after.id);
  }
  void operator()(const Offer& before, const Offer& after) const {
    if (before.status == OfferStatus::open && after.status == OfferStatus::withdrawn) {
      found.offers_taken_back.push_back(after.id);
    }
  }
  void operator()(const WaitlistEntry& before, const WaitlistEntry& after) const {
    if (is_open(before) && after.status == WaitlistStatus::ended) {
      found.entries_ended.push_back(after.id);
    }
  }
  template <class RowType>
  void operator()(const RowType&, const RowType&) const {}
};

void read_changes(const Outcome& outcome, Consequences& found) {
  for (const RowChange& change : outcome.changes) {
    if (!change.after) continue;
    if (!change.before) {
      if (const auto* offer = std::get_if<Offer>(&*change.after)) {
        found.seats_offered.push_back(offer->block);
      }
      continue;
    }
    std::visit(
        [&]<class RowType>(const RowType& after) {
          Reader{found}(std::get<RowType>(*change.before), after);
        },
        *change.after);
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
