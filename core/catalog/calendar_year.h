// An official calendar year as a row.
#pragma once

#include <compare>

#include "core/calendar/holiday_calendar.h"
#include "core/catalog/ids.h"
#include "core/kernel/row.h"

namespace yuanyue {

struct OfficialYearKey {
  using Row = struct OfficialYear;
  int year = 0;
  auto operator<=>(const OfficialYearKey&) const = default;
};
inline std::uint64_t hash_of(const OfficialYearKey& key) {
  return mix(static_cast<std::uint64_t>(key.year), 0);
}

struct OfficialYear : CalendarYear {
  static constexpr PartNumber number{catalog::domain_number, 0};
  static const RowType<OfficialYear> type;
  bool operator==(const OfficialYear&) const = default;
};
inline OfficialYearKey key_of(const OfficialYear& row) { return {row.year}; }

}  // namespace yuanyue
