#include "core/appointments/blocks.h"

#include <algorithm>

#include "core/appointments/block.h"
#include "core/appointments/block_override.h"
#include "core/appointments/booking.h"
#include "core/appointments/open_work.h"
#include "core/catalog/catalog.h"
#include "core/catalog/official_calendar.h"
#include "core/people/ids.h"

namespace yuanyue {
namespace {

// An open weekend day (make-up workday, extra day) has no weekday of its own in the template.
std::uint8_t template_bit(Date date) {
  const Weekday weekday = weekday_of(date);
  const int day = is_weekend(weekday) ? 0 : static_cast<int>(weekday);
  return static_cast<std::uint8_t>(1U << day);
}

bool within_hours(const std::vector<TimeSpan>& hours, TimeSpan span) {
  return std::any_of(hours.begin(), hours.end(), [&](const TimeSpan& open) {
    return open.start <= span.start && span.end <= open.end;
  });
}

BlockFacts facts_from(const State& state, const Service& service, Date date,
                      const TemplateBlock& line, Instant now) {
  const ServicePolicy& policy = service.policy;
  BlockFacts facts;
  facts.key = {service.id, date, line.span.start};
  facts.end = line.span.end;
  facts.capacity = line.capacity;
  facts.starts_at = to_instant(date, line.span.start);
  facts.opens_at = to_instant(date - policy.window_days, TimeOfDay{0});
  facts.cutoff_at = facts.starts_at - policy.cutoff_ms;
  if (line.emergency_reserve > 0) {
    facts.reserve_release_at = facts.starts_at - policy.reserve_release_ms;
    if (now < facts.reserve_release_at) facts.reserve = line.emergency_reserve;
  }
  if (const BlockOverride* row = state.find(BlockOverrideKey{facts.key})) {
    facts.closed_by_override = row->closed;
    facts.closed_reason = row->reason;
    facts.capacity = row->capacity.value_or(facts.capacity);
  }
  facts.reserve = std::min(facts.reserve, facts.capacity);
  if (const Block* block = state.find(facts.key)) {
    facts.booked = block->booked;
    facts.held = block->held;
    facts.waiting = of_all(block->waiting);
    facts.end = block->end;  // what people were promised, whatever the template says now
  }
  return facts;
}

bool has_too_many_open(const State& state, const Service& service, const EnterpriseId& enterprise) {
  const auto& seats = open_seats(state, enterprise);
  return std::ranges::count_if(seats, [&](const OpenSeat& seat) {
           return is_of_service(state, seat, service.id);
         }) >= service.policy.max_open;
}

bool overlaps_own_seat(const State& state, const EnterpriseId& enterprise,
                       const BookingId& ignoring, const BlockFacts& block) {
  const std::uint32_t ignored = slot_of(state, ignoring);
  const auto& seats = open_seats(state, enterprise);
  return std::any_of(seats.begin(), seats.end(), [&](const OpenSeat& seat) {
    return seat.slot != ignored && seat.date == block.key.date &&
           overlaps({seat.start, seat.end}, {block.key.start, block.end});
  });
}

}  // namespace

HallCalendar calendar_of(const State& state, const Service& service) {
  return {official_calendar(state), state.find(service.hall)->schedule};
}

std::optional<BlockFacts> block_facts(const State& state, const Service& service,
                                      const BlockKey& key, Instant now) {
  const std::uint8_t bit = template_bit(key.date);
  for (const TemplateBlock& line : service.weekly) {
    if (line.span.start != key.start || (line.weekdays & bit) == 0) continue;
    const HallCalendar calendar = calendar_of(state, service);
    if (!calendar.is_business_day(key.date)) return std::nullopt;
    if (!within_hours(calendar.hours(key.date), line.span)) return std::nullopt;
    return facts_from(state, service, key.date, line, now);
  }
  return std::nullopt;
}

std::vector<BlockFacts> blocks_on(const State& state, const Service& service, Date date,
                                  Instant now) {
  std::vector<BlockFacts> blocks;
  const HallCalendar calendar = calendar_of(state, service);
  if (!calendar.is_business_day(date)) return blocks;
  const auto& hours = calendar.hours(date);
  const std::uint8_t bit = template_bit(date);
  for (const TemplateBlock& line : service.weekly) {
    if ((line.weekdays & bit) == 0 || !within_hours(hours, line.span)) continue;
    blocks.push_back(facts_from(state, service, date, line, now));
  }
  std::sort(blocks.begin(), blocks.end(),
            [](const BlockFacts& a, const BlockFacts& b) { return a.key.start < b.key.start; });
  return blocks;
}

BookingWindow booking_window(const Service& service, Instant now) {
  const Date today = date_of(now);
  return {today, today + service.policy.window_days};
}

std::vector<BlockFacts> nearest_free_blocks(const State& state, const Service& service,
                                            const BlockKey& wanted, const EnterpriseId& enterprise,
                                            const BookingId& ignoring, Instant now,
                                            std::size_t count) {
  std::vector<BlockFacts> found;
  if (!service.active) return found;
  if (!ignoring && has_too_many_open(state, service, enterprise)) return found;
  const BookingWindow window = booking_window(service, now);
  const Booking* given_up = state.find(ignoring);
  const auto collect = [&](Date date) {
    if (date < window.first || date > window.last) return;
    for (BlockFacts& block : blocks_on(state, service, date, now)) {
      const bool is_present_seat = given_up != nullptr && given_up->block == block.key;
      if (found.size() < count && block.key != wanted && !is_present_seat &&
          block.open_for_booking(now) && block.free_seats() > 0 &&
          !overlaps_own_seat(state, enterprise, ignoring, block)) {
        found.push_back(block);
      }
    }
  };
  const Date nearest = std::clamp(wanted.date, window.first, window.last);
  collect(nearest);
  for (int distance = 1; distance <= service.policy.window_days && found.size() < count;
       ++distance) {
    collect(nearest - distance);
    collect(nearest + distance);
  }
  return found;
}

}  // namespace yuanyue
