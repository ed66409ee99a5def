#include "core/appointments/alternatives.h"

#include "core/appointments/blocks.h"
#include "core/appointments/booking.h"
#include "core/appointments/booking_rules.h"
#include "core/appointments/kinds.h"
#include "core/catalog/catalog.h"

namespace yuanyue {

void offer_alternatives(Rejection& rejection, const State& state, const Service& service,
                        const BlockKey& wanted, const EnterpriseId& enterprise,
                        const BookingId& ignoring, Instant now) {
  const Booking* moved = state.find(ignoring);
  std::optional<Rejection> in_the_way;
  if (moved != nullptr) {
    in_the_way = check_can_reschedule(state, *moved, now);
  } else {
    const BlockKey no_time{service.id, wanted.date,
                           TimeOfDay{}};  // without length: overlaps nothing
    in_the_way = check_own_limits(state, service, enterprise, no_time, no_time.start, {});
  }
  if (in_the_way) {
    rejection.ways.insert(rejection.ways.end(), in_the_way->ways.begin(), in_the_way->ways.end());
    return;
  }
  const auto blocks =
      nearest_free_blocks(state, service, wanted, enterprise, ignoring, now, alternatives_shown);
  for (const BlockFacts& block : blocks) {
    offer_way(rejection, ways::choose_block,
              {.block = block.key, .booking = ignoring, .free_seats = block.free_seats()});
  }
  offer_way(rejection, ways::choose_other_day, {.booking = ignoring});
}

}  // namespace yuanyue
