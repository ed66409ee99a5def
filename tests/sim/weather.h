// Which faults a seed has, and how often. Each seed draws its own few, so that each kind is also
// seen undisturbed by the others.
#pragma once

#include <cstdint>

#include "tests/core/support/random.h"

namespace yuanyue::sim {

struct Weather {
  // In per cent of messages.
  int lost = 0;
  int doubled = 0;
  int late = 0;
  std::int64_t delay_ms_max = 200;

  bool partitions = false;
  bool crashes = false;
  bool power_losses = false;
  bool failed_syncs = false;
  bool full_disks = false;
  bool restores = false;
  bool clocks_set_back = false;
  bool overload = false;
  bool short_of_memory = false;
  bool intruders = false;
  bool sessions_end = false;
  bool pages_close = false;
  bool devices_sleep = false;
  bool storage_faults = false;
  bool rights_change = false;
  bool users_change = false;
  bool administration = false;
  bool erasings = false;
  bool months = false;  // pass at once, so that finished work is archived
};

Weather draw_weather(worlds::Random& random);

}  // namespace yuanyue::sim
