#include "core/rules/rejections.h"

#include "core/rules/blocks.h"

namespace yuanyue {

Rejection reject(RejectionCode code) {
  Rejection rejection;
  rejection.code = code;
  return rejection;
}

Rejection reject_invalid(std::string_view field) {
  Rejection rejection = reject(RejectionCode::invalid);
  rejection.field = field;
  return rejection;
}

Rejection reject_about(RejectionCode code, const BlockKey& block) {
  Rejection rejection = reject(code);
  rejection.block = block;
  return rejection;
}

void offer_alternatives(Rejection& rejection, const State& state, const Service& service,
                        const BlockKey& wanted, const EnterpriseId& enterprise,
                        const BookingId& ignoring, Instant now) {
  const auto blocks =
      nearest_free_blocks(state, service, wanted, enterprise, ignoring, now, alternatives_shown);
  for (const BlockFacts& block : blocks) {
    WayForward way{
        .kind = WayKind::choose_block, .block = block.key, .free_seats = block.free_seats()};
    way.booking = ignoring;
    rejection.ways.push_back(way);
  }
  rejection.ways.push_back({.kind = WayKind::choose_other_day, .booking = ignoring});
}

}  // namespace yuanyue
