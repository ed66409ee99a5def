// What an answer that is no success asks of the client (docs/protocol.md, Errors).
#pragma once

#include <cstdint>
#include <string>

#include "core/sync/sync_transport.h"

namespace yuanyue::sync {

enum class Demand : std::uint8_t {
  patience,      // no answer, or none that says more: the same again, later
  slowing_down,  // too much was asked
  sign_in,       // the session has ended
  right_user,    // the client belongs to somebody else
  new_password,
  newer_page,
  new_client,  // the server does not know this client, or fewer of its commands than it has sent
  mending,     // the request cannot be read
};

struct RefusedRequest {
  Demand demand = Demand::patience;
  std::string field;  // mending: what cannot be read, where the server says so
};

bool is_success(const TransportAnswer& answer);
// Of an answer that is no success. A body that is not the server's own (a proxy's page) goes by its
// status.
RefusedRequest refused_request(const TransportAnswer& answer);

}  // namespace yuanyue::sync
