// yuanyue doctor: is this installation well?
#include <filesystem>
#include <iostream>
#include <memory>

#include <nlohmann/json.hpp>

#include "backend/admin/socket_server.h"
#include "backend/cli/cli.h"
#include "backend/cli/program_paths.h"
#include "backend/cli/read_state.h"
#include "backend/http/static_files.h"
#include "backend/log/json_text.h"
#include "backend/store/ledger_chain.h"
#include "backend/store/sqlite_reader.h"
#include "core/appointments/booking.h"
#include "core/calendar/statutory_days.h"
#include "core/catalog/official_calendar.h"
#include "core/domains/codec.h"
#include "core/kernel/state.h"

namespace yuanyue {

namespace {

using nlohmann::json;

constexpr std::uintmax_t disk_warn_bytes = 1'000'000'000;
constexpr std::uintmax_t disk_fail_bytes = 100'000'000;

enum class Health : std::uint8_t { good, warning, failed };

struct Finding {
  std::string check;
  Health health = Health::good;
  std::string message;
};

struct DoctorOptions {
  std::string data;
  std::string web;
  bool as_json = false;
};

const char* name_of(Health health) {
  switch (health) {
    case Health::good:
      return "ok";
    case Health::warning:
      return "warn";
    case Health::failed:
      break;
  }
  return "fail";
}

constexpr const char* is_served = "a process serves this folder";

// What the serving process says of itself.
Finding check_server(const DataFolder& folder) {
  const auto status = call_operation(folder, "status", json::object());
  if (!status) return {"server", Health::failed, status.error()};
  if (!status->value("healthy", false)) {
    return {
        "server", Health::failed,
        "it cannot save (" + status->value("reason", "") + "): " + status->value("message", "")};
  }
  const std::string clock = status->value("clock", "good");
  if (clock == "good") return {"server", Health::good, "it saves, and its clock is the machine's"};
  return {"server", Health::warning,
          "its clock is " + clock + " by " +
              std::to_string(std::abs(status->value("clock_ahead_ms", std::int64_t{0})) / 1'000) +
              " s: the machine's clock was set"};
}

Finding check_lock(const DataFolder& folder) {
  const auto lock = DataLock::take(folder);
  if (lock) return {"lock", Health::good, "no process serves this folder"};
  if (lock.error() == DataLock::Failure::held_by_another) {
    return {"lock", Health::good, is_served};
  }
  return {"lock", Health::failed, "the folder cannot be written"};
}

Finding check_file(SqliteConnection& connection) {
  SqliteStatement check(connection, "PRAGMA quick_check(1)");
  const std::string answer = check.step() ? std::string(check.text(0)) : "no answer";
  if (answer == "ok") return {"store", Health::good, "opens, and its pages are sound"};
  return {"store", Health::failed, answer};
}

Finding check_ledger(StoreReader& reader) {
  const auto check = verify_ledger(reader);
  if (!check) return {"ledger", Health::failed, check.error().message};
  if (check->first_bad == 0) {
    return {"ledger", Health::good, std::to_string(check->entries) + " entries, chain intact"};
  }
  return {"ledger", Health::failed,
          "entry " + std::to_string(check->first_bad) + ": " + check->problem};
}

Finding check_clock(StoreReader& reader) {
  const auto head = reader.head();
  if (head && head->now_ms - machine_time_ms() > ms_per_minute) {
    return {"clock", Health::warning,
            "the last commit lies in this machine's future: " + to_string(Instant{head->now_ms})};
  }
  return {"clock", Health::good, "not ahead of this machine"};
}

std::vector<Finding> check_sweep(StoreReader& reader) {
  const auto head = reader.head();
  if (!head || !head->sweep_owed) return {};
  return {{"erased", Health::warning,
           "traces of what was erased may stand in free pages of the store: the server takes them "
           "out as soon as the disk has room for the store once more"}};
}

// Nobody reads it at start; here everybody is read once.
Finding check_archive(StoreReader& reader) {
  std::int64_t rows = 0;
  std::string problem;
  const auto read = reader.each_archived_row([&](const StoredRow& stored) {
    ++rows;
    const auto row = wire::decode_row(stored.json);
    if (!row && problem.empty()) {
      problem = "archived row " + stored.key + " cannot be read: " + row.error().path;
    }
  });
  if (!read) return {"archive", Health::failed, read.error().message};
  if (!problem.empty()) return {"archive", Health::failed, problem};
  const auto head = reader.head();
  if (head && head->archived_rows != rows) {
    return {"archive", Health::failed,
            std::to_string(rows) + " archived rows, of " + std::to_string(head->archived_rows)};
  }
  return {"archive", Health::good, std::to_string(rows) + " archived rows"};
}

std::vector<Finding> check_store(const DataFolder& folder) {
  try {
    SqliteConnection connection(folder.store_path(), SqliteAccess::read_only);
    std::vector<Finding> findings = {check_file(connection)};
    SqliteReader reader(folder.store_path());
    findings.push_back(check_ledger(reader));
    findings.push_back(check_archive(reader));
    findings.push_back(check_clock(reader));
    for (Finding& finding : check_sweep(reader)) findings.push_back(std::move(finding));
    return findings;
  } catch (const SqliteError& error) {
    return {{"store", Health::failed, error.what()}};
  }
}

Finding check_rows(const std::expected<State, std::string>& state) {
  if (!state) return {"rows", Health::failed, state.error()};
  return {"rows", Health::good,
          std::to_string(state->count<Enterprise>()) + " enterprises, " +
              std::to_string(state->count<User>()) + " users, " +
              std::to_string(state->count<Booking>()) + " bookings"};
}

Finding check_calendar(const HolidayCalendar& calendar) {
  const int year = to_year_month_day(date_of(Instant{machine_time_ms()})).year;
  if (calendar.is_provisional(year)) {
    return {"calendar", Health::failed, std::to_string(year) + " is missing: import it"};
  }
  for (const int known : {year, year + 1}) {
    if (calendar.is_provisional(known)) continue;
    const auto missing = missing_statutory_days(*calendar.find(known));
    if (missing.empty()) continue;
    return {"calendar", Health::warning, std::to_string(known) + " lacks " + to_string(missing)};
  }
  if (calendar.is_provisional(year + 1)) {
    return {"calendar", Health::warning,
            std::to_string(year + 1) + " is not imported yet; its deadlines are provisional"};
  }
  return {"calendar", Health::good, "this year and the next are known"};
}

Finding check_folder(const DataFolder& folder) {
  const auto exposure = folder.exposure();
  return exposure ? Finding{"folder", Health::warning, *exposure}
                  : Finding{"folder", Health::good, "nobody else may write there"};
}

// Files of `enterprise import` that nobody has deleted yet.
std::vector<Finding> check_first_passwords(const DataFolder& folder) {
  std::size_t count = 0;
  std::error_code error;
  for (const auto& file : std::filesystem::directory_iterator(folder.path(), error)) {
    if (file.path().filename().string().starts_with("first-passwords-")) ++count;
  }
  if (count == 0) return {};
  return {{"first passwords", Health::warning,
           std::to_string(count) + " files of them lie in the data folder: delete them once they "
                                   "are handed out"}};
}

Finding check_disk(const DataFolder& folder) {
  std::error_code error;
  const auto space = std::filesystem::space(folder.path(), error);
  if (error) return {"disk", Health::failed, error.message()};
  const std::string message = std::to_string(space.available / 1'000'000) + " MB free";
  if (space.available < disk_fail_bytes) return {"disk", Health::failed, message};
  return {"disk", space.available < disk_warn_bytes ? Health::warning : Health::good, message};
}

std::vector<Finding> examine(const DoctorOptions& options) {
  std::vector<Finding> findings;
  const DataFolder folder(options.data);
  // A store that is gone may still be served.
  if (std::filesystem::exists(folder.lock_path())) {
    findings.push_back(check_lock(folder));
    if (findings.front().message == is_served) findings.push_back(check_server(folder));
  }
  if (folder.has_store()) {
    for (Finding& finding : check_store(folder)) findings.push_back(std::move(finding));
    const auto state = read_state(folder);
    findings.push_back(check_rows(state));
    if (state) findings.push_back(check_calendar(official_calendar(*state)));
    findings.push_back(check_disk(folder));
    findings.push_back(check_folder(folder));
    for (Finding& finding : check_first_passwords(folder)) findings.push_back(std::move(finding));
  } else {
    findings.push_back({"store", Health::failed, "there is none in " + options.data});
  }
  const std::string web = options.web.empty() ? default_web_folder() : options.web;
  const bool has_page = StaticFiles(web).has_page();
  findings.push_back({"web", has_page ? Health::good : Health::warning,
                      has_page ? "the page is in " + web : "there is no page in " + web});
  return findings;
}

int run_doctor(const DoctorOptions& options) {
  const std::vector<Finding> findings = examine(options);
  bool failed = false;
  json list = json::array();
  for (const Finding& finding : findings) {
    failed = failed || finding.health == Health::failed;
    list.push_back({{"check", finding.check},
                    {"health", name_of(finding.health)},
                    {"message", finding.message}});
    if (!options.as_json) {
      std::cout << name_of(finding.health) << "\t" << finding.check << "\t" << finding.message
                << "\n";
    }
  }
  if (options.as_json) std::cout << json_text({{"ok", !failed}, {"checks", list}}) << "\n";
  return failed ? exit_refused : exit_done;
}

}  // namespace

void add_doctor_command(CLI::App& app, int& exit_code) {
  auto* command = app.add_subcommand(
      "doctor",
      "Check store, ledger, lock, folder, disk, calendar and page; exit code 1 when a check fails");
  auto options = std::make_shared<DoctorOptions>();
  add_data_option(*command, options->data);
  command->add_option("--web", options->web,
                      "Folder of the built page; default beside the program");
  command->add_flag("--json", options->as_json, "Print JSON");
  command->callback([options, &exit_code] { exit_code = run_doctor(*options); });
}

}  // namespace yuanyue
