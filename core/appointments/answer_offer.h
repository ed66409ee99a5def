// What an enterprise says to a seat that is held for it.
#pragma once

#include <optional>

#include "core/appointments/block.h"
#include "core/kernel/command.h"

namespace yuanyue {

struct AcceptOffer {
  static const CommandType<AcceptOffer> type;
  OfferId offer;
  std::optional<BlockKey> swap_from{};  // a swap: where the sender saw the booking to be given up
  bool operator==(const AcceptOffer&) const = default;
};

// The entry goes on waiting for its other blocks, or leaves when it has none. What an open offer
// offers never changes, so nothing else is carried.
struct DeclineOffer {
  static const CommandType<DeclineOffer> type;
  OfferId offer;
  bool operator==(const DeclineOffer&) const = default;
};

}  // namespace yuanyue
