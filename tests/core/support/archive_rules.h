// When a row is done with and how long it is kept, written again from docs/rules.md "Archive"
// rather than from the rows' own answers.
#pragma once

#include <cstdint>
#include <optional>

#include "core/kernel/row.h"

namespace yuanyue::worlds {

// nullopt: it is open, or of a kind that is never archived.
std::optional<Instant> done_at(const RowRef& row);

// `days` of the longest of the parks, 90 without one.
template <class EachPark>
std::int64_t kept_ms(EachPark each_park) {
  int longest = 0;
  each_park([&](const auto& park) {
    if (park.retention_days > longest) longest = park.retention_days;
  });
  return (longest == 0 ? 90 : longest) * ms_per_day;
}

}  // namespace yuanyue::worlds
