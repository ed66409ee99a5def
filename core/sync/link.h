// What sender and puller share on their way to the server.
#pragma once

#include <cstdint>

#include "core/base/ids.h"
#include "core/sync/sync_settings.h"
#include "core/sync/sync_transport.h"

namespace yuanyue::sync {

// Ids and chance, all from one seed: the same seed, the same sequence.
class IdSource {
 public:
  explicit IdSource(const Uuid& seed) : seed_(seed) {}
  Uuid next() { return derive(seed_, ++drawn_); }

 private:
  Uuid seed_;
  std::uint64_t drawn_ = 0;
};

struct Link {
  SyncTransport& transport;
  SyncSettings settings;
  IdSource ids;
  TransportTicket last_ticket = 0;
};

}  // namespace yuanyue::sync
