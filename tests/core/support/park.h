// A small park for tests: one hall with office hours, services, enterprises and their members.
// Short ways to write days, instants, blocks and ids. No test framework in here: parity and
// benchmarks use it too.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/appointments/block.h"
#include "core/appointments/waitlist_entry.h"
#include "core/catalog/catalog.h"
#include "core/catalog/ids.h"
#include "core/kernel/command.h"
#include "core/kernel/state.h"
#include "core/people/enterprise.h"
#include "core/people/ids.h"

namespace yuanyue::worlds {

// "2026-11-25", "09:00", "2026-11-25 09:00"; in the park's zone. Require valid texts.
Date day(std::string_view text);
TimeOfDay clock(std::string_view text);
Instant at(std::string_view text);
TimeSpan span(std::string_view start, std::string_view end);

// An id that differs for every pair of words.
Uuid uuid(std::uint64_t kind, std::uint64_t number);

// An enterprise and its one member.
struct Member {
  EnterpriseId enterprise;
  UserId user;
  bool operator==(const Member&) const = default;
};
Member member(std::uint64_t number);  // 1..
inline const Member alpha = member(1);
inline const Member beta = member(2);
inline const Member gamma_works = member(3);
inline const Member high_tech = member(4);    // 高新技术企业
inline const Member key_project = member(5);  // 重点招商项目
inline constexpr std::uint64_t named_members = 5;

inline const UserId administrator{uuid(9, 1)};
inline const Actor admin_actor{ActorKind::user, administrator};
inline const Actor console{ActorKind::console, {}};
inline const Actor system_actor{ActorKind::system, {}};
inline Actor actor(const Member& who) { return {ActorKind::user, who.user}; }

inline const ParkId park = ParkId::of("park");
inline const HallId hall = HallId::of("hall");
inline const DepartmentId department = DepartmentId::of("registry");
inline const ServiceId licence = ServiceId::of("licence");
inline const ServiceId tax = ServiceId::of("tax");

// Monday to Friday, 09:00-12:00 and 13:30-17:00.
HallSchedule office_hours();
Hall hall_row();
// Two seats from 09:00 to 11:00 and from 14:00 to 16:00, every weekday; the default policy.
Service licence_row();
// One seat from 10:00 to 11:30 and from 15:00 to 16:30: overlaps the licence's blocks.
Service tax_row();
Enterprise enterprise_row(const Member& who, std::uint64_t number);
User user_row(const Member& who, std::uint64_t number);
User administrator_row();
std::string credit_code(std::uint64_t number);  // with the right check character

// licence_block("2026-11-25 09:00")
BlockKey block(const ServiceId& service, std::string_view when);
inline BlockKey licence_block(std::string_view when) { return block(licence, when); }
inline BlockKey tax_block(std::string_view when) { return block(tax, when); }

Wish wish(const BlockKey& block);
Wish wish(std::string_view date, PartOfDay part = PartOfDay::any);

// Every row of the park above, the five enterprises, and no official calendar.
std::vector<AnyRow> park_rows();
// The official calendar as shipped.
std::vector<AnyRow> official_years();

}  // namespace yuanyue::worlds
