#include "core/catalog/catalog_rules.h"

#include <algorithm>
#include <string>
#include <string_view>

#include "core/catalog/catalog_limits.h"
#include "core/kernel/refusals.h"

namespace yuanyue {
namespace {

using Fault = std::optional<std::string>;  // the path below the item, if there is one

template <class RowType, class IdType>
const RowType* find_in(const std::vector<RowType>& rows, const State& state, const IdType& id) {
  const auto it = std::ranges::find_if(rows, [&](const RowType& row) { return row.id == id; });
  return it != rows.end() ? &*it : state.find(id);
}

bool ascending(const std::vector<TimeSpan>& spans) {
  TimeOfDay last{-1};
  for (const TimeSpan& span : spans) {
    if (span.start <= last || span.end <= span.start || span.end.minutes > minutes_per_day)
      return false;
    last = span.end;
  }
  return true;
}

template <class Day>
bool ascending_dates(const std::vector<Day>& days) {
  return std::ranges::adjacent_find(
             days, [](const Day& a, const Day& b) { return a.date >= b.date; }) == days.end();
}

Fault check_schedule(const HallSchedule& schedule) {
  for (std::size_t day = 0; day < schedule.weekly_hours.size(); ++day) {
    if (!ascending(schedule.weekly_hours[day])) {
      return ".schedule.weekly_hours[" + std::to_string(day) + "]";
    }
  }
  if (!ascending_dates(schedule.closures)) return ".schedule.closures";
  if (!ascending_dates(schedule.extra_days)) return ".schedule.extra_days";
  for (const HallExtraDay& day : schedule.extra_days) {
    if (!ascending(day.hours)) return ".schedule.extra_days";
  }
  return std::nullopt;
}

bool in(std::int64_t value, std::int64_t low, std::int64_t high) {
  return low <= value && value <= high;
}

Fault check_park(const Park& park) {
  if (park.name.zh.empty()) return ".name.zh";
  if (!in(park.retention_days, min_retention_days, max_retention_days)) return ".retention_days";
  return std::nullopt;
}

Fault check_hall(const State& state, const SaveCatalog& catalog, const Hall& hall) {
  if (hall.name.zh.empty()) return ".name.zh";
  if (find_in(catalog.parks, state, hall.park) == nullptr) return ".park";
  return check_schedule(hall.schedule);
}

Fault check_policy(const ServicePolicy& policy) {
  if (!in(policy.notice.business_days, 0, max_notice_business_days)) {
    return ".policy.notice.business_days";
  }
  if (!in(policy.window_days, min_window_days, max_window_days)) return ".policy.window_days";
  if (!in(policy.cutoff_ms, 0, max_cutoff_ms)) return ".policy.cutoff_ms";
  if (!in(policy.reserve_release_ms, 0, max_reserve_release_ms)) {
    return ".policy.reserve_release_ms";
  }
  if (!in(policy.max_changes, 0, max_max_changes)) return ".policy.max_changes";
  if (!in(policy.max_open, min_max_open, max_max_open)) return ".policy.max_open";
  if (!in(policy.max_waitlist_entries, 0, max_max_waitlist_entries)) {
    return ".policy.max_waitlist_entries";
  }
  if (!in(policy.max_waiting, 0, max_max_waiting)) return ".policy.max_waiting";
  if (!in(policy.promote_after_business_days, 0, max_promote_after_business_days)) {
    return ".policy.promote_after_business_days";
  }
  if (!in(policy.hold_ms, 0, max_hold_ms)) return ".policy.hold_ms";
  if (!in(policy.hold_min_ms, min_hold_min_ms, max_hold_min_ms)) return ".policy.hold_min_ms";
  if (!in(policy.undo_ms, 0, max_undo_ms)) return ".policy.undo_ms";
  return std::nullopt;
}

// Within one opening span of every weekday the line names.
bool within_hours(const HallSchedule& schedule, const TemplateBlock& line) {
  for (std::size_t day = 0; day < schedule.weekly_hours.size(); ++day) {
    if ((line.weekdays & (1U << day)) == 0) continue;
    const bool inside = std::ranges::any_of(schedule.weekly_hours[day], [&](const TimeSpan& open) {
      return open.start <= line.span.start && line.span.end <= open.end;
    });
    if (!inside) return false;
  }
  return true;
}

Fault check_template(const Service& service, const HallSchedule& schedule) {
  for (std::size_t i = 0; i < service.weekly.size(); ++i) {
    const TemplateBlock& line = service.weekly[i];
    const std::string path = ".weekly[" + std::to_string(i) + "]";
    if (line.weekdays == 0 || line.weekdays > 0b11111) return path + ".weekdays";
    if (line.span.end <= line.span.start || !within_hours(schedule, line)) return path + ".span";
    if (!in(line.capacity, 0, max_block_capacity)) return path + ".capacity";
    if (!in(line.emergency_reserve, 0, line.capacity)) return path + ".emergency_reserve";
    for (std::size_t j = 0; j < i; ++j) {
      const TemplateBlock& other = service.weekly[j];
      if ((other.weekdays & line.weekdays) != 0 && overlaps(other.span, line.span))
        return path + ".span";
    }
  }
  return std::nullopt;
}

Fault check_service(const State& state, const SaveCatalog& catalog, const Service& service) {
  if (service.name.zh.empty()) return ".name.zh";
  const Hall* hall = find_in(catalog.halls, state, service.hall);
  if (hall == nullptr) return ".hall";
  if (find_in(catalog.departments, state, service.department) == nullptr) return ".department";
  if (!in(service.statutory_business_days, 0, max_statutory_business_days))
    return ".statutory_business_days";
  if (auto fault = check_policy(service.policy)) return fault;
  return check_template(service, hall->schedule);
}

template <class RowType, class Check>
std::optional<Rejection> check_all(const std::vector<RowType>& rows, std::string_view name,
                                   Check check) {
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const auto before = rows.begin() + static_cast<std::ptrdiff_t>(i);
    const bool is_twice = std::find_if(rows.begin(), before, [&](const RowType& other) {
                            return other.id == rows[i].id;
                          }) != before;
    Fault fault = rows[i].id && !is_twice ? check(rows[i]) : Fault(".id");
    if (fault) return refuse_invalid(std::string(name) + "[" + std::to_string(i) + "]" + *fault);
  }
  return std::nullopt;
}

}  // namespace

std::optional<Rejection> check_catalog(const State& state, const SaveCatalog& catalog) {
  const auto named = [](const auto& row) {
    return row.name.zh.empty() ? Fault(".name.zh") : std::nullopt;
  };
  if (auto fault = check_all(catalog.parks, "parks", check_park)) return fault;
  if (auto fault = check_all(catalog.halls, "halls",
                             [&](const Hall& row) { return check_hall(state, catalog, row); })) {
    return fault;
  }
  if (auto fault =
          check_all(catalog.departments, "departments", [&](const Department& row) -> Fault {
            if (find_in(catalog.parks, state, row.park) == nullptr) return ".park";
            return named(row);
          })) {
    return fault;
  }
  return check_all(catalog.services, "services",
                   [&](const Service& row) { return check_service(state, catalog, row); });
}

}  // namespace yuanyue
