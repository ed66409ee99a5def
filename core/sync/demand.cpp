#include "core/sync/demand.h"

#include <utility>

#include "core/protocol/protocol.h"

namespace yuanyue::sync {
namespace {

wire::ErrorBody error_of(const TransportAnswer& answer) {
  if (auto body = wire::decode_error_body(answer.body)) return *std::move(body);
  switch (answer.status) {
    case 400:
      return {wire::ErrorCode::malformed, "", ""};
    case 401:
      return {wire::ErrorCode::unauthenticated, "", ""};
    case 413:
      return {wire::ErrorCode::too_large, "", ""};
    case 426:
      return {wire::ErrorCode::protocol_too_old, "", ""};
    case 429:
      return {wire::ErrorCode::too_many_requests, "", ""};
    default:
      return {wire::ErrorCode::unavailable, "", ""};
  }
}

Demand demand_of(wire::ErrorCode code) {
  switch (code) {
    case wire::ErrorCode::unauthenticated:
    case wire::ErrorCode::csrf:
      return Demand::sign_in;
    case wire::ErrorCode::wrong_user:
      return Demand::right_user;
    case wire::ErrorCode::password_change_required:
      return Demand::new_password;
    case wire::ErrorCode::protocol_too_old:
      return Demand::newer_page;
    case wire::ErrorCode::unknown_client:
    case wire::ErrorCode::sequence_gap:
      return Demand::new_client;
    case wire::ErrorCode::malformed:
    case wire::ErrorCode::too_large:
    case wire::ErrorCode::unsupported_media_type:
      return Demand::mending;
    case wire::ErrorCode::too_many_requests:
      return Demand::slowing_down;
    default:
      return Demand::patience;
  }
}

}  // namespace

bool is_success(const TransportAnswer& answer) { return answer.status == 200; }

RefusedRequest refused_request(const TransportAnswer& answer) {
  if (answer.status < 400) return {};
  wire::ErrorBody error = error_of(answer);
  return {demand_of(error.code), std::move(error.field)};
}

}  // namespace yuanyue::sync
