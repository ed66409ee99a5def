// What administrators describe: parks, halls, departments, services. Readable ids, bilingual texts.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/base/time.h"
#include "core/calendar/deadline.h"
#include "core/calendar/hall_calendar.h"
#include "core/catalog/catalog_limits.h"
#include "core/catalog/ids.h"
#include "core/kernel/row.h"

namespace yuanyue {

// A text in the two languages of the app. `zh` is never empty, `en` may be (then zh is shown).
struct Text {
  std::string zh;
  std::string en;
  bool operator==(const Text&) const = default;
};

struct Park {
  static constexpr PartNumber number{catalog::domain_number, 1};
  static const RowType<Park> type;
  ParkId id;
  Text name;
  // For how long finished work stays with everybody who saw it; then only the archive has it.
  int retention_days = usual_retention_days;
  bool operator==(const Park&) const = default;
};
inline const ParkId& key_of(const Park& row) { return row.id; }

struct Hall {
  static constexpr PartNumber number{catalog::domain_number, 2};
  static const RowType<Hall> type;
  HallId id;
  ParkId park;
  Text name;
  Text address;
  std::string phone;
  HallSchedule schedule;
  bool operator==(const Hall&) const = default;
};
inline const HallId& key_of(const Hall& row) { return row.id; }

struct Department {
  static constexpr PartNumber number{catalog::domain_number, 3};
  static const RowType<Department> type;
  DepartmentId id;
  ParkId park;
  Text name;
  std::string phone;
  bool operator==(const Department&) const = default;
};
inline const DepartmentId& key_of(const Department& row) { return row.id; }

struct Material {
  Text name;
  Text note;
  bool required = true;
  bool operator==(const Material&) const = default;
};

// One line of the weekly template: on these weekdays of business days, a block with so many seats.
struct TemplateBlock {
  std::uint8_t weekdays =
      0b11111;  // bit 0 Monday … bit 4 Friday; an open weekend day takes Monday's
  TimeSpan span;
  int capacity = 0;           // 0..1000 seats
  int emergency_reserve = 0;  // 0..capacity, part of the capacity
  bool operator==(const TemplateBlock&) const = default;
};

// Every number of docs/rules.md that a park may set. Durations in milliseconds.
struct ServicePolicy {
  NoticeRule notice;
  int window_days = 30;                      // booking opens so many days ahead
  std::int64_t cutoff_ms = 2 * ms_per_hour;  // and closes so long before the start
  std::int64_t reserve_release_ms = 24 * ms_per_hour;
  int max_changes = 3;                            // self-service reschedules of one booking
  int max_open = 2;                               // open bookings of one enterprise for the service
  int max_waitlist_entries = 5;                   // open entries of one enterprise for the service
  int max_waiting = 50;                           // places in the queue of one block
  int promote_after_business_days = 5;            // 0: never
  std::int64_t hold_ms = 2 * ms_per_hour;         // of opening time
  std::int64_t hold_min_ms = 15 * ms_per_minute;  // around the clock
  std::int64_t undo_ms = 10 * ms_per_minute;      // a reschedule can be taken back so long
  bool operator==(const ServicePolicy&) const = default;
};

struct Service {
  static constexpr PartNumber number{catalog::domain_number, 4};
  static const RowType<Service> type;
  ServiceId id;
  HallId hall;
  DepartmentId department;
  Text name;
  Text summary;
  std::vector<Material> materials;
  std::vector<Text> steps;
  int statutory_business_days = 0;  // 法定办结时限; 0: on the spot
  std::vector<TemplateBlock> weekly;
  ServicePolicy policy;
  bool active = true;
  bool operator==(const Service&) const = default;
};
inline const ServiceId& key_of(const Service& row) { return row.id; }

}  // namespace yuanyue
