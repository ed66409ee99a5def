#include "core/catalog/retention.h"

#include <algorithm>

#include "core/catalog/catalog.h"

namespace yuanyue {

std::int64_t retention_ms(const State& state) {
  if (state.count<Park>() == 0) return usual_retention_days * ms_per_day;
  int days = min_retention_days;
  state.for_each<Park>([&](const Park& park) { days = std::max(days, park.retention_days); });
  return days * ms_per_day;
}

}  // namespace yuanyue
