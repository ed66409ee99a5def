#include "tests/sim/weather.h"

namespace yuanyue::sim {

Weather draw_weather(worlds::Random& random) {
  const auto maybe = [&] { return random.one_in(2); };
  Weather weather;
  if (maybe()) weather.lost = random.between(1, 30);
  if (maybe()) weather.doubled = random.between(1, 50);
  if (maybe()) weather.late = random.between(1, 10);
  weather.delay_ms_max = random.one_in(3) ? 3'000 : random.between(5, 400);
  weather.partitions = maybe();
  weather.crashes = maybe();
  weather.power_losses = maybe();
  weather.failed_syncs = random.one_in(3);
  weather.full_disks = random.one_in(3);
  weather.restores = random.one_in(3);
  weather.clocks_set_back = random.one_in(3);
  weather.overload = random.one_in(4);
  weather.sessions_end = random.one_in(3);
  weather.pages_close = maybe();
  weather.devices_sleep = maybe();
  weather.storage_faults = random.one_in(3);
  weather.rights_change = maybe();
  weather.users_change = random.one_in(4);
  weather.administration = maybe();
  weather.short_of_memory = random.one_in(4);
  weather.intruders = random.one_in(3);
  weather.months = random.one_in(3);
  weather.erasings = random.one_in(3);
  return weather;
}

}  // namespace yuanyue::sim
