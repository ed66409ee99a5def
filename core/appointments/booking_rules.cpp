#include "core/appointments/booking_rules.h"

#include <algorithm>

#include "core/appointments/alternatives.h"
#include "core/appointments/blocks.h"
#include "core/appointments/booking.h"
#include "core/appointments/kinds.h"
#include "core/appointments/open_work.h"
#include "core/appointments/queues.h"
#include "core/appointments/waitlist_entry.h"
#include "core/catalog/catalog.h"
#include "core/kernel/refusals.h"

namespace yuanyue {
namespace {

Rejection reject_not_confirmed(const Booking& booking) {
  Rejection rejection = refuse_about(refusals::not_confirmed, booking.block);
  detail_of(rejection).booking = booking.id;
  offer_way(rejection, ways::view_booking, {.booking = booking.id});
  return rejection;
}

// What self-service cannot do for a booking, people can.
void offer_people(Rejection& rejection, const BookingId& booking) {
  detail_of(rejection).booking = booking;
  offer_way(rejection, ways::emergency_channel, {.booking = booking});
  offer_way(rejection, ways::view_booking, {.booking = booking});
}

// Nothing new at a service that is switched off, not even for who must move away from a closure.
Rejection reject_inactive(const BlockKey& block, const BookingId& booking) {
  Rejection rejection = refuse_about(refusals::service_inactive, block);
  if (booking) {
    offer_people(rejection, booking);
  } else {
    rejection.ways.push_back({{ways::choose_other_service, no_detail}});
  }
  return rejection;
}

Rejection reject_past_deadline(const State& state, const Booking& booking) {
  Rejection rejection = refuse_about(refusals::past_deadline, booking.block);
  detail_of(rejection).deadline = change_deadline(state, booking);
  offer_people(rejection, booking.id);
  return rejection;
}

// Why there is no such block: the day's own reason, if the hall is closed that day.
Rejection reject_closed(const State& state, const Service& service, const BlockKey& block) {
  Rejection rejection = refuse_about(refusals::block_closed, block);
  const DayStatus day = calendar_of(state, service).day(block.date);
  if (!day.is_business_day) {
    detail_of(rejection).reason = day.reason;
    detail_of(rejection).reason_name = day.name;
  }
  return rejection;
}

std::optional<Rejection> check_open(const State& state, const Service& service,
                                    const std::optional<BlockFacts>& block, const BlockKey& key,
                                    Instant now) {
  if (!block) return reject_closed(state, service, key);
  if (block->closed_by_override) {
    Rejection rejection = refuse_about(refusals::block_closed, key);
    detail_of(rejection).reason_name = block->closed_reason;
    return rejection;
  }
  if (now < block->opens_at) {
    Rejection rejection = refuse_about(refusals::outside_window, key);
    detail_of(rejection).at = block->opens_at;
    detail_of(rejection).limit = service.policy.window_days;
    return rejection;
  }
  if (now >= block->cutoff_at) {
    Rejection rejection = refuse_about(refusals::past_cutoff, key);
    detail_of(rejection).at = block->cutoff_at;
    return rejection;
  }
  return std::nullopt;
}

// Why a seat cannot be taken, without the ways that cost a search.
std::optional<Rejection> why_no_seat(const State& state, const EnterpriseId& enterprise,
                                     const BlockKey& key, const BookingId& ignoring, Instant now) {
  const Service* service = state.find(key.service);
  if (service == nullptr) {
    Rejection rejection = refuse(refusals::not_found, no_detail);
    rejection.ways.push_back({{ways::choose_other_service, no_detail}});
    return rejection;
  }
  if (!service->active) return reject_inactive(key, ignoring);
  const auto block = block_facts(state, *service, key, now);
  if (auto refusal = check_open(state, *service, block, key, now)) return refusal;
  if (auto refusal = check_own_limits(state, *service, enterprise, key, block->end, ignoring)) {
    return refusal;
  }
  if (block->free_seats() > 0) return std::nullopt;
  return refuse_about(refusals::block_full, key);
}

// By entries that this state does not hold.
bool is_awaited_by_others(const State& state, const BlockKey& key) {
  return of_all(unknown_in_queue(state, key)) > 0;
}

// For a full block: its waitlist, or the entry that waits there already. Nothing where joining
// would be refused.
void offer_queue(Rejection& rejection, const State& state, const Service& service,
                 const EnterpriseId& enterprise, const BlockKey& key, const BookingId& kept) {
  int open = 0;
  for (const WaitlistEntryId& id : open_entries(state, enterprise)) {
    const WaitlistEntry& entry = *state.find(id);
    if (entry.service != service.id) continue;
    ++open;
    if (std::ranges::find(entry.blocks, key) == entry.blocks.end()) continue;
    offer_way(rejection, ways::view_entry, {.entry = id});
    return;
  }
  const Block* block = state.find(key);
  const int waiting = block == nullptr ? 0 : of_all(block->waiting);
  if (open >= service.policy.max_waitlist_entries || waiting >= service.policy.max_waiting) return;
  offer_way(rejection, ways::join_waitlist, {.block = key, .booking = kept});
}

void add_ways(Rejection& rejection, const State& state, const EnterpriseId& enterprise,
              const BlockKey& key, const BookingId& ignoring, Instant now) {
  const RefusalOf& code = rejection.code;
  const bool is_of_block = code == refusals::block_full || code == refusals::block_closed ||
                           code == refusals::outside_window || code == refusals::past_cutoff;
  if (!is_of_block) return;  // the others have theirs
  const Service& service = *state.find(key.service);
  offer_alternatives(rejection, state, service, key, enterprise, ignoring, now);
  const Booking* kept = state.find(ignoring);
  const bool can_wait = kept == nullptr || !check_can_reschedule(state, *kept, now);
  if (rejection.code == refusals::block_full && can_wait) {
    offer_queue(rejection, state, service, enterprise, key, ignoring);
  }
}

}  // namespace

std::optional<Deadline> change_deadline(const State& state, const Booking& booking) {
  const Service* service = state.find(booking.block.service);
  return explain_deadline(calendar_of(state, *service), booking.block.date, service->policy.notice);
}

std::optional<Instant> change_closes_at(const State& state, const Booking& booking) {
  const Service* service = state.find(booking.block.service);
  return deadline_closes_at(calendar_of(state, *service), booking.block.date,
                            service->policy.notice);
}

std::optional<BlockKey> place_of(const State& state, const BookingId& booking) {
  const Booking* found = state.find(booking);
  return found == nullptr ? std::nullopt : std::optional(found->block);
}

std::optional<Rejection> check_seen(const Booking& booking, const BlockKey& seen) {
  if (booking.status != BookingStatus::confirmed || booking.block == seen) return std::nullopt;
  Rejection rejection = refuse(refusals::stale, {.row = booking.id});
  offer_way(rejection, ways::view_booking, {.booking = booking.id});
  return rejection;
}

std::optional<Rejection> check_can_cancel(const State&, const Booking& booking, Instant now) {
  if (booking.status != BookingStatus::confirmed) return reject_not_confirmed(booking);
  const Instant starts_at = to_instant(booking.block.date, booking.block.start);
  if (now < starts_at) return std::nullopt;
  Rejection rejection = refuse_about(refusals::past_cutoff, booking.block);
  detail_of(rejection).at = starts_at;
  offer_people(rejection, booking.id);
  return rejection;
}

std::optional<Rejection> check_can_reschedule(const State& state, const Booking& booking,
                                              Instant now) {
  if (booking.status != BookingStatus::confirmed) return reject_not_confirmed(booking);
  const Service& service = *state.find(booking.block.service);
  if (!service.active) return reject_inactive(booking.block, booking.id);
  if (booking.needs_relocation) return std::nullopt;  // closed by the hall: no notice, no limit
  const auto closes_at = change_closes_at(state, booking);
  if (!closes_at || now >= *closes_at) return reject_past_deadline(state, booking);
  const int max_changes = service.policy.max_changes;
  if (booking.changes_used >= max_changes) {
    Rejection rejection = refuse_about(refusals::too_many_changes, booking.block);
    detail_of(rejection).limit = max_changes;
    offer_people(rejection, booking.id);
    return rejection;
  }
  return std::nullopt;
}

std::optional<Rejection> check_can_undo(const State& state, const Booking& booking, Instant now) {
  if (booking.status != BookingStatus::confirmed) return reject_not_confirmed(booking);
  const Service& service = *state.find(booking.block.service);
  const bool over = now >= booking.rescheduled_at + service.policy.undo_ms;
  if (!booking.previous_block || over) {
    Rejection rejection = refuse_about(
        booking.previous_block ? refusals::undo_expired : refusals::nothing_to_undo, booking.block);
    detail_of(rejection).booking = booking.id;
    const bool can_move = !check_can_reschedule(state, booking, now);
    offer_way(rejection, can_move ? ways::choose_other_day : ways::view_booking,
              {.booking = booking.id});
    return rejection;
  }
  const BlockKey& back = *booking.previous_block;
  auto refusal = why_no_seat(state, booking.enterprise, back, booking.id, now);
  if (!refusal && is_awaited_by_others(state, back)) {
    refusal = refuse_about(refusals::block_full, back);
  }
  if (refusal) add_ways(*refusal, state, booking.enterprise, back, booking.id, now);
  return refusal;
}

std::optional<Instant> undo_open_until(const State& state, const Booking& booking, Instant now) {
  if (check_can_undo(state, booking, now)) return std::nullopt;
  return booking.rescheduled_at + state.find(booking.block.service)->policy.undo_ms;
}

std::optional<Rejection> check_own_limits(const State& state, const Service& service,
                                          const EnterpriseId& enterprise, const BlockKey& block,
                                          TimeOfDay end, const BookingId& ignoring) {
  int open = 0;
  BookingId overlapping;
  BookingId same_service;
  const auto keep_first = [&](BookingId& first, const OpenSeat& seat) {
    const BookingId& booking = booking_of(state, seat).id;
    if (!first || booking < first) first = booking;
  };
  const std::uint32_t ignored = slot_of(state, ignoring);
  for (const OpenSeat& seat : open_seats(state, enterprise)) {
    if (seat.slot == ignored) continue;
    if (is_of_service(state, seat, service.id)) {
      ++open;
      keep_first(same_service, seat);
    }
    if (seat.date == block.date && overlaps({seat.start, seat.end}, {block.start, end})) {
      keep_first(overlapping, seat);
    }
  }
  if (overlapping) {
    Rejection rejection = refuse_about(refusals::overlaps_own_booking, block);
    detail_of(rejection).booking = overlapping;
    offer_way(rejection, ways::view_booking, {.booking = overlapping});
    return rejection;
  }
  // A seat in exchange for another adds none.
  if (!ignoring && open >= service.policy.max_open) {
    Rejection rejection = refuse_about(refusals::too_many_open, block);
    detail_of(rejection).limit = service.policy.max_open;
    offer_way(rejection, ways::view_booking, {.booking = same_service});
    return rejection;
  }
  return std::nullopt;
}

std::optional<Rejection> check_can_take_seat(const State& state, const EnterpriseId& enterprise,
                                             const BlockKey& key, const BookingId& ignoring,
                                             Instant now) {
  auto refusal = why_no_seat(state, enterprise, key, ignoring, now);
  if (refusal) add_ways(*refusal, state, enterprise, key, ignoring, now);
  return refusal;
}

}  // namespace yuanyue
