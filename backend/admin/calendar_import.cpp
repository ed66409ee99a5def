#include "backend/admin/calendar_import.h"

#include <string>
#include <vector>

#include "backend/admin/operation_parts.h"
#include "core/appointments/booking.h"
#include "core/appointments/calendar_impact.h"
#include "core/calendar/calendar_json.h"
#include "core/calendar/statutory_days.h"
#include "core/catalog/import_calendar_year.h"

namespace yuanyue {

namespace {

using nlohmann::json;

bool is_set(const json& input, const char* field) {
  const auto found = input.find(field);
  return found != input.end() && found->is_boolean() && found->get<bool>();
}

std::string day_text(DayReason reason, const std::string& name) {
  std::string text(reason_code(reason));
  if (!name.empty()) text += " " + name;
  return text;
}

json json_of(const CalendarImpact& impact) {
  json days = json::array();
  for (const ChangedDay& day : impact.days) {
    days.push_back({{"date", to_string(day.date)},
                    {"was", day_text(day.was, day.was_name)},
                    {"is", day_text(day.is, day.name)},
                    {"bookings", day.bookings}});
  }
  return {{"days", std::move(days)},
          {"bookings_to_relocate", impact.bookings_to_relocate},
          {"bookings_kept", impact.bookings_kept},
          {"deadlines_moved", impact.deadlines_moved}};
}

json missing_in(const std::vector<CalendarYear>& years) {
  json missing = json::object();
  for (const CalendarYear& year : years) {
    const auto days = missing_statutory_days(year);
    if (!days.empty()) missing[std::to_string(year.year)] = to_string(days);
  }
  return missing;
}

int count_waiting_for_a_new_time(const State& state) {
  int count = 0;
  state.for_each<Booking>([&](const Booking& booking) {
    count += booking.status == BookingStatus::confirmed && booking.needs_relocation;
  });
  return count;
}

}  // namespace

AdminResult import_calendar(ParkProcess& process, const json& input) {
  const auto file = decode_calendar_file(text_of(input, "calendar"));
  if (!file) {
    return std::unexpected("The calendar is refused: " + std::string(file.error().code) + " at " +
                           file.error().path + ".");
  }
  std::vector<CalendarYear> years;
  for (const auto& [number, year] : file->years) years.push_back(year);
  const json missing = missing_in(years);
  const bool is_preview = is_set(input, "preview");
  const bool force = is_set(input, "force");
  if (!missing.empty() && !force && !is_preview) {
    std::string sentence = "The calendar is refused, is the file complete? It lacks";
    for (const auto& [year, names] : missing.items()) {
      sentence += " (" + year + ") " + names.get<std::string>();
    }
    return std::unexpected(sentence + ". Nothing has changed; --force imports it all the same.");
  }

  json report;
  const auto counted = look_at(
      process, [&](const State& state) { report = json_of(calendar_impact(state, years)); });
  if (!counted) return std::unexpected(counted.error());
  report["imported"] = !is_preview;
  report["years"] = json::array();
  for (const CalendarYear& year : years) report["years"].push_back(year.year);
  if (!missing.empty()) report["missing"] = missing;
  if (is_preview) return report;

  ConsoleTask task;
  for (CalendarYear& year : years) {
    task.commands.emplace_back(ImportCalendarYear{std::move(year), force});
  }
  if (auto done = run_console(process.engine(), std::move(task)); !done) {
    return std::unexpected(done.error());
  }
  const auto counted_after = look_at(process, [&](const State& state) {
    report["waiting_for_a_new_time"] = count_waiting_for_a_new_time(state);
  });
  if (!counted_after) return std::unexpected(counted_after.error());
  return report;
}

}  // namespace yuanyue
