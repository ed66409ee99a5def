#include "tests/core/support/park.h"

#include <utility>

#include "assets/embedded.h"
#include "core/appointments/block.h"
#include "core/appointments/waitlist_entry.h"
#include "core/base/check_character.h"
#include "core/calendar/calendar_json.h"
#include "core/catalog/calendar_year.h"
#include "core/catalog/catalog.h"
#include "core/kernel/row.h"
#include "core/people/enterprise.h"
#include "core/people/ids.h"
#include "core/people/user.h"

namespace yuanyue::worlds {

Date day(std::string_view text) { return parse_date(text).value(); }
TimeOfDay clock(std::string_view text) { return parse_time_of_day(text).value(); }
Instant at(std::string_view text) {
  return to_instant(day(text.substr(0, 10)), clock(text.substr(11)));
}
TimeSpan span(std::string_view start, std::string_view end) { return {clock(start), clock(end)}; }

Uuid uuid(std::uint64_t kind, std::uint64_t number) { return {kind, number}; }

Member member(std::uint64_t number) {
  return {EnterpriseId(uuid(1, number)), UserId(uuid(2, number))};
}

HallSchedule office_hours() {
  HallSchedule schedule;
  for (std::size_t weekday = 0; weekday < 5; ++weekday) {
    schedule.weekly_hours[weekday] = {span("09:00", "12:00"), span("13:30", "17:00")};
  }
  return schedule;
}

Hall hall_row() {
  Hall row;
  row.id = hall;
  row.park = park;
  row.name = {"服务大厅", "Service hall"};
  row.phone = "010-12345678";
  row.schedule = office_hours();
  return row;
}

namespace {

Service service_row(const ServiceId& id, std::string_view name) {
  Service row;
  row.id = id;
  row.hall = hall;
  row.department = department;
  row.name = {std::string(name), ""};
  return row;
}

}  // namespace

Service licence_row() {
  Service row = service_row(licence, "资质认定");
  row.weekly = {{.span = span("09:00", "11:00"), .capacity = 2},
                {.span = span("14:00", "16:00"), .capacity = 2}};
  return row;
}

Service tax_row() {
  Service row = service_row(tax, "税务登记");
  row.weekly = {{.span = span("10:00", "11:30"), .capacity = 1},
                {.span = span("15:00", "16:30"), .capacity = 1}};
  return row;
}

std::string credit_code(std::uint64_t number) {
  std::string code = "91110000";
  for (int place = 0; place < 9; ++place) {
    code.push_back(check_alphabet[number % check_alphabet.size()]);
    number /= check_alphabet.size();
  }
  code.push_back(check_character(code).value());
  return code;
}

Enterprise enterprise_row(const Member& who, std::uint64_t number) {
  Enterprise row;
  row.id = who.enterprise;
  row.name = "企业" + std::to_string(number);
  row.credit_code = credit_code(number);
  row.high_tech = who == high_tech;
  row.key_project = who == key_project;
  return row;
}

User user_row(const Member& who, std::uint64_t number) {
  User row;
  row.id = who.user;
  row.name = "member-" + std::to_string(number);
  row.enterprise = who.enterprise;
  return row;
}

User administrator_row() {
  User row;
  row.id = administrator;
  row.name = "administrator";
  row.role = Role::administrator;
  return row;
}

BlockKey block(const ServiceId& service, std::string_view when) {
  return {service, day(when.substr(0, 10)), clock(when.substr(11))};
}

Wish wish(const BlockKey& block) { return {block.date, PartOfDay::any, block.start}; }
Wish wish(std::string_view date, PartOfDay part) { return {day(date), part, std::nullopt}; }

std::vector<AnyRow> park_rows() {
  std::vector<AnyRow> rows{Park{park, {"经开区", "Park"}},
                           hall_row(),
                           Department{department, park, {"资质认定科", ""}, ""},
                           licence_row(),
                           tax_row(),
                           administrator_row()};
  for (std::uint64_t number = 1; number <= named_members; ++number) {
    rows.emplace_back(enterprise_row(member(number), number));
    rows.emplace_back(user_row(member(number), number));
  }
  return rows;
}

std::vector<AnyRow> official_years() {
  auto file = decode_calendar_file(embedded_asset("calendars/cn_holidays.json"));
  std::vector<AnyRow> rows;
  for (auto& [number, year] : file.value().years) rows.emplace_back(OfficialYear{std::move(year)});
  return rows;
}

}  // namespace yuanyue::worlds
