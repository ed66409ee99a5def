// yuanyue calendar deadline | is-business-day | business-days | import | export
#include <iostream>
#include <memory>

#include <nlohmann/json.hpp>

#include "backend/admin/socket_server.h"
#include "backend/cli/cli.h"
#include "backend/cli/read_state.h"
#include "backend/log/json_text.h"
#include "core/calendar/calendar_json.h"
#include "core/catalog/calendar_tables.h"
#include "core/catalog/catalog.h"
#include "core/catalog/official_calendar.h"
#include "core/domains/codec.h"
#include "core/kernel/state.h"

namespace yuanyue {

namespace {

using nlohmann::json;

// The official calendar and one hall's schedule: of a data folder, or the built-in ones.
struct CalendarSource {
  HolidayCalendar official;
  HallSchedule schedule;
  HallCalendar view() const { return {official, schedule}; }
};

struct CalendarOptions {
  std::string data;
  std::string hall;
  bool as_json = false;
};

HallSchedule default_schedule() {
  HallSchedule schedule;
  const TimeSpan morning{{9 * 60}, {12 * 60}};
  const TimeSpan afternoon{{13 * 60}, {17 * 60}};
  for (std::size_t day = 0; day < 5; ++day) schedule.weekly_hours[day] = {morning, afternoon};
  return schedule;
}

std::expected<CalendarSource, std::string> read_source(const CalendarOptions& options) {
  CalendarSource source;
  source.schedule = default_schedule();
  if (options.data.empty()) {
    if (!options.hall.empty()) return std::unexpected("--hall needs --data.");
    for (const CalendarYear& year : built_in_calendar()) source.official.put(year);
    return source;
  }
  auto state = read_state(DataFolder(options.data));
  if (!state) return std::unexpected(state.error());
  source.official = official_calendar(*state);
  if (options.hall.empty()) return source;
  const auto id = parse_slug(options.hall);
  const Hall* hall = id ? state->find(HallId(*id)) : nullptr;
  if (hall == nullptr) return std::unexpected("There is no hall " + options.hall + ".");
  source.schedule = hall->schedule;
  return source;
}

void add_source_options(CLI::App& command, CalendarOptions& options) {
  command.add_option("--data", options.data, "Take calendar and halls from this data folder");
  command.add_option("--hall", options.hall, "A hall's own hours, closures and extra days");
  command.add_flag("--json", options.as_json, "Print JSON");
}

std::string checked_date(const std::string& text) {
  return parse_date(text) ? std::string() : "'" + text + "' is no date such as 2026-11-25";
}

std::string_view weekday_name(Date date) {
  constexpr std::string_view names[] = {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
  return names[static_cast<std::size_t>(weekday_of(date))];
}

// --- deadline
// --------------------------------------------------------------------------------------

struct DeadlineOptions : CalendarOptions {
  std::string date;
  int business_days = 3;
  std::string counting = "include_appointment_day";
};

void print_deadline(const Deadline& deadline) {
  std::cout << "Last day to change: " << to_string(deadline.last_day) << " ("
            << weekday_name(deadline.last_day) << "), before "
            << to_string(time_of_day(deadline.closes_at)) << ".\n";
  if (deadline.provisional) {
    std::cout << "Provisional: the official calendar of a year on the way is not known yet.\n";
  }
  for (const DeadlineStep& step : deadline.steps) {
    std::cout << "  " << to_string(step.date) << " " << weekday_name(step.date) << "  ";
    if (step.counted)
      std::cout << "counts as day " << step.number;
    else
      std::cout << "does not count";
    std::cout << "  " << reason_code(deadline, step);
    if (!step.name.empty()) std::cout << " " << step.name;
    std::cout << (step.provisional ? " (provisional)\n" : "\n");
  }
}

int run_deadline(const DeadlineOptions& options) {
  const auto source = read_source(options);
  if (!source) return refuse(source.error());
  NoticeRule rule;
  rule.business_days = options.business_days;
  rule.counting = wire::find_in<Counting>(wire::counting_names, options.counting).value();
  const auto deadline = explain_deadline(source->view(), parse_date(options.date).value(), rule);
  if (!deadline) return refuse("The hall has no such business day within 800 days.");
  if (options.as_json)
    std::cout << wire::encode(*deadline) << "\n";
  else
    print_deadline(*deadline);
  return exit_done;
}

void add_deadline(CLI::App& calendar, int& exit_code) {
  auto* command =
      calendar.add_subcommand("deadline", "Until when an appointment may be changed, and why");
  auto options = std::make_shared<DeadlineOptions>();
  command->add_option("--date", options->date, "The appointment's date")
      ->required()
      ->check(checked_date);
  command->add_option("--business-days", options->business_days, "Business days of notice")
      ->check(CLI::Range(0, 60))
      ->capture_default_str();
  command->add_option("--counting", options->counting, "How the appointment's day counts")
      ->check(CLI::IsMember({"include_appointment_day", "exclude_appointment_day"}))
      ->capture_default_str();
  add_source_options(*command, *options);
  command->callback([options, &exit_code] { exit_code = run_deadline(*options); });
}

// --- days
// ------------------------------------------------------------------------------------------

struct DayOptions : CalendarOptions {
  std::string date;
};

int run_is_business_day(const DayOptions& options) {
  const auto source = read_source(options);
  if (!source) return refuse(source.error());
  const Date date = parse_date(options.date).value();
  const DayStatus day = source->view().day(date);
  if (options.as_json) {
    std::cout << json_text({{"date", options.date},
                            {"business_day", day.is_business_day},
                            {"reason", reason_code(day.reason)},
                            {"name", std::string(day.name)},
                            {"provisional", day.provisional}})
              << "\n";
    return exit_done;
  }
  std::cout << (day.is_business_day ? "yes " : "no ") << reason_code(day.reason);
  if (!day.name.empty()) std::cout << " " << day.name;
  std::cout << (day.provisional ? " (provisional)\n" : "\n");
  return exit_done;
}

struct RangeOptions : CalendarOptions {
  std::string from;
  std::string to;
};

int run_business_days(const RangeOptions& options) {
  const auto source = read_source(options);
  if (!source) return refuse(source.error());
  const Date from = parse_date(options.from).value();
  const Date to = parse_date(options.to).value();
  if (to < from) return refuse("--to lies before --from.");
  json days = json::array();
  for (Date date = from; date <= to; date = date + 1) {
    if (source->view().is_business_day(date)) days.push_back(to_string(date));
  }
  if (options.as_json) {
    std::cout << days.dump() << "\n";
  } else {
    for (const json& day : days) std::cout << day.get<std::string>() << "\n";
  }
  return exit_done;
}

void add_days(CLI::App& calendar, int& exit_code) {
  auto* one =
      calendar.add_subcommand("is-business-day", "Whether a date is a business day, and why");
  auto day = std::make_shared<DayOptions>();
  one->add_option("date", day->date, "The date")->required()->check(checked_date);
  add_source_options(*one, *day);
  one->callback([day, &exit_code] { exit_code = run_is_business_day(*day); });

  auto* many =
      calendar.add_subcommand("business-days", "The business days from one date to another");
  auto range = std::make_shared<RangeOptions>();
  many->add_option("--from", range->from, "First date")->required()->check(checked_date);
  many->add_option("--to", range->to, "Last date")->required()->check(checked_date);
  add_source_options(*many, *range);
  many->callback([range, &exit_code] { exit_code = run_business_days(*range); });
}

// --- import and export
// -----------------------------------------------------------------------------

struct FileOptions {
  std::string data;
  std::string file;
};
struct ImportOptions : FileOptions {
  bool preview = false;
  bool force = false;
};

int run_import(const ImportOptions& options) {
  const auto text = read_text_file(options.file);
  if (!text) return refuse(text.error());
  const auto result =
      call_operation(DataFolder(options.data), "calendar_import",
                     {{"calendar", *text}, {"preview", options.preview}, {"force", options.force}});
  if (!result) return refuse(result.error());
  std::cout << json_text(*result) << "\n";
  return exit_done;
}

int run_export(const FileOptions& options) {
  CalendarFile file;
  if (options.data.empty()) {
    for (const CalendarYear& year : built_in_calendar()) file.years[year.year] = year;
  } else {
    const auto state = read_state(DataFolder(options.data));
    if (!state) return refuse(state.error());
    file.years = official_calendar(*state).years();
  }
  const auto written = write_text_file(options.file, encode_calendar_file(file));
  return written ? exit_done : refuse(written.error());
}

void add_files(CLI::App& calendar, int& exit_code) {
  auto* import = calendar.add_subcommand(
      "import", "Add or replace years; open deadlines are computed anew, also while serving");
  auto in = std::make_shared<ImportOptions>();
  import->add_option("file", in->file, "JSON file, see core/calendar/calendar_json.h")->required();
  import->add_flag("--preview", in->preview,
                   "Only say which days would change, and how many bookings they touch");
  import->add_flag("--force", in->force, "Also a year that lacks statutory holidays");
  add_data_option(*import, in->data);
  import->callback([in, &exit_code] { exit_code = run_import(*in); });

  auto* export_command = calendar.add_subcommand("export", "Write all years as JSON");
  auto out = std::make_shared<FileOptions>();
  out->file = "-";
  export_command->add_option("file", out->file, "Where to; - is standard output")
      ->capture_default_str();
  export_command->add_option("--data", out->data, "Data folder; without it the built-in calendar");
  export_command->callback([out, &exit_code] { exit_code = run_export(*out); });
}

}  // namespace

void add_calendar_commands(CLI::App& app, int& exit_code) {
  auto* calendar = app.add_subcommand("calendar", "Business days and deadlines");
  calendar->require_subcommand(1);
  add_deadline(*calendar, exit_code);
  add_days(*calendar, exit_code);
  add_files(*calendar, exit_code);
}

}  // namespace yuanyue
