#include "core/rules/booking_rules.h"

#include <algorithm>

#include "core/rules/blocks.h"
#include "core/rules/rejections.h"

namespace yuanyue {
namespace {

Rejection reject_not_confirmed(const Booking& booking) {
  Rejection rejection = reject_about(RejectionCode::not_confirmed, booking.block);
  rejection.booking = booking.id;
  return rejection;
}

Rejection reject_past_deadline(const State& state, const Booking& booking) {
  Rejection rejection = reject_about(RejectionCode::past_deadline, booking.block);
  rejection.booking = booking.id;
  rejection.deadline = change_deadline(state, booking);
  rejection.ways.push_back({.kind = WayKind::emergency_channel, .booking = booking.id});
  return rejection;
}

// Why there is no such block: the day's own reason, if the hall is closed that day.
Rejection reject_closed(const State& state, const Service& service, const BlockKey& block) {
  Rejection rejection = reject_about(RejectionCode::block_closed, block);
  const DayStatus day = calendar_of(state, service).day(block.date);
  if (!day.is_business_day) {
    rejection.reason = day.reason;
    rejection.reason_name = day.name;
  }
  return rejection;
}

std::optional<Rejection> check_open(const State& state, const Service& service,
                                    const std::optional<BlockFacts>& block, const BlockKey& key,
                                    Instant now) {
  if (!block) return reject_closed(state, service, key);
  if (block->closed_by_override) {
    Rejection rejection = reject_about(RejectionCode::block_closed, key);
    rejection.reason_name = block->closed_reason;
    return rejection;
  }
  if (now < block->opens_at) {
    Rejection rejection = reject_about(RejectionCode::outside_window, key);
    rejection.at = block->opens_at;
    rejection.limit = service.policy.window_days;
    return rejection;
  }
  if (now >= block->cutoff_at) {
    Rejection rejection = reject_about(RejectionCode::past_cutoff, key);
    rejection.at = block->cutoff_at;
    return rejection;
  }
  return std::nullopt;
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

std::optional<Rejection> check_can_cancel(const State&, const Booking& booking, Instant now) {
  if (booking.status != BookingStatus::confirmed) return reject_not_confirmed(booking);
  const Instant starts_at = to_instant(booking.block.date, booking.block.start);
  if (now < starts_at) return std::nullopt;
  Rejection rejection = reject_about(RejectionCode::past_cutoff, booking.block);
  rejection.booking = booking.id;
  rejection.at = starts_at;
  return rejection;
}

std::optional<Rejection> check_can_reschedule(const State& state, const Booking& booking,
                                              Instant now) {
  if (booking.status != BookingStatus::confirmed) return reject_not_confirmed(booking);
  if (booking.needs_relocation) return std::nullopt;  // closed by the hall: no notice, no limit
  const auto closes_at = change_closes_at(state, booking);
  if (!closes_at || now >= *closes_at) return reject_past_deadline(state, booking);
  const int max_changes = state.find(booking.block.service)->policy.max_changes;
  if (booking.changes_used >= max_changes) {
    Rejection rejection = reject_about(RejectionCode::too_many_changes, booking.block);
    rejection.booking = booking.id;
    rejection.limit = max_changes;
    rejection.ways.push_back({.kind = WayKind::emergency_channel, .booking = booking.id});
    return rejection;
  }
  return std::nullopt;
}

std::optional<Rejection> check_can_undo(const State& state, const Booking& booking, Instant now) {
  if (booking.status != BookingStatus::confirmed) return reject_not_confirmed(booking);
  const Service* service = state.find(booking.block.service);
  if (!booking.previous_block || now >= booking.rescheduled_at + service->policy.undo_ms) {
    Rejection rejection = reject_about(RejectionCode::undo_expired, booking.block);
    rejection.booking = booking.id;
    rejection.ways.push_back({.kind = WayKind::choose_other_day, .booking = booking.id});
    return rejection;
  }
  return check_can_take_seat(state, booking.enterprise, *booking.previous_block, booking.id, now);
}

std::optional<Rejection> check_own_limits(const State& state, const Service& service,
                                          const EnterpriseId& enterprise, const BlockKey& block,
                                          TimeOfDay end, const BookingId& ignoring) {
  int open = 0;
  BookingId overlapping;
  BookingId same_service;
  for (const OpenSeat& seat : state.open_seats(enterprise)) {
    if (seat.booking == ignoring) continue;
    if (seat.block.service == service.id) {
      ++open;
      if (!same_service || seat.booking < same_service) same_service = seat.booking;
    }
    if (seat.block.date == block.date &&
        overlaps({seat.block.start, seat.end}, {block.start, end}) &&
        (!overlapping || seat.booking < overlapping)) {
      overlapping = seat.booking;
    }
  }
  if (overlapping) {
    Rejection rejection = reject_about(RejectionCode::overlaps_own_booking, block);
    rejection.booking = overlapping;
    rejection.ways.push_back({.kind = WayKind::view_booking, .booking = overlapping});
    return rejection;
  }
  // A seat in exchange for another adds none.
  if (!ignoring && open >= service.policy.max_open) {
    Rejection rejection = reject_about(RejectionCode::too_many_open, block);
    rejection.limit = service.policy.max_open;
    rejection.ways.push_back({.kind = WayKind::view_booking, .booking = same_service});
    return rejection;
  }
  return std::nullopt;
}

std::optional<Rejection> check_can_take_seat(const State& state, const EnterpriseId& enterprise,
                                             const BlockKey& key, const BookingId& ignoring,
                                             Instant now) {
  const Service* service = state.find(key.service);
  if (service == nullptr || !service->active) return reject_about(RejectionCode::not_found, key);
  const auto block = block_facts(state, *service, key, now);
  auto refusal = check_open(state, *service, block, key, now);
  if (refusal) {
    offer_alternatives(*refusal, state, *service, key, enterprise, ignoring, now);
    return refusal;
  }
  refusal = check_own_limits(state, *service, enterprise, key, block->end, ignoring);
  if (refusal) return refusal;
  if (block->free_seats() > 0) return std::nullopt;
  refusal = reject_about(RejectionCode::block_full, key);
  offer_alternatives(*refusal, state, *service, key, enterprise, ignoring, now);
  refusal->ways.push_back({.kind = WayKind::join_waitlist, .block = key, .booking = ignoring});
  return refusal;
}

}  // namespace yuanyue
