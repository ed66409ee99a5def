#include "tests/sim/population.h"

#include <string>
#include <variant>

#include "core/catalog/calendar_year.h"
#include "core/catalog/import_calendar_year.h"
#include "core/people/enterprise.h"
#include "core/people/save_enterprise.h"
#include "core/people/save_user.h"
#include "core/people/user.h"
#include "tests/core/support/random_park.h"

namespace yuanyue::sim {

UserId person(std::uint64_t number) {
  if (number <= enterprises) return worlds::member(number).user;
  return UserId(worlds::uuid(3, number));
}

bool is_administrator(std::uint64_t number) { return number > 2 * enterprises; }

std::vector<UserId> everybody() {
  std::vector<UserId> users;
  for (std::uint64_t number = 1; number <= people; ++number) users.push_back(person(number));
  return users;
}

User account(std::uint64_t number) {
  User row;
  row.id = person(number);
  row.name = "person-" + std::to_string(number);
  if (is_administrator(number)) {
    row.role = Role::administrator;
  } else {
    row.enterprise = worlds::member((number - 1) % enterprises + 1).enterprise;
  }
  return row;
}

std::vector<CalendarYear> official_years() {
  std::vector<CalendarYear> years;
  for (const AnyRow& row : worlds::official_years()) {
    const auto& year = row.as<OfficialYear>();
    if (year.year >= 2026) years.push_back(year);
  }
  return years;
}

std::vector<AnyCommand> founding_commands() {
  std::vector<AnyCommand> commands;
  SaveCatalog catalog;
  for (const AnyRow& row : worlds::RandomPark::rows()) {
    if (const auto* park = row.get_if<Park>()) {
      catalog.parks.push_back(*park);
      catalog.parks.back().retention_days = retention_days;
    }
    if (const auto* hall = row.get_if<Hall>()) catalog.halls.push_back(*hall);
    if (const auto* each = row.get_if<Department>()) catalog.departments.push_back(*each);
    if (const auto* service = row.get_if<Service>()) catalog.services.push_back(*service);
    if (const auto* each = row.get_if<Enterprise>()) commands.emplace_back(SaveEnterprise{*each});
  }
  commands.emplace_back(std::move(catalog));
  for (CalendarYear& year : official_years()) {
    commands.emplace_back(ImportCalendarYear{std::move(year)});
  }
  for (std::uint64_t number = 1; number <= people; ++number) {
    commands.emplace_back(SaveUser{account(number)});
  }
  return commands;
}

}  // namespace yuanyue::sim
