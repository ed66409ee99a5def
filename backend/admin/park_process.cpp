#include "backend/admin/park_process.h"

#include <cassert>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <new>

#include "assets/embedded.h"
#include "backend/log/log.h"
#include "backend/store/sqlite_backup.h"
#include "backend/store/sqlite_stores.h"
#include "core/calendar/calendar_json.h"
#include "core/catalog/import_calendar_year.h"
#include "core/catalog/official_calendar.h"
#include "core/domains/codec.h"
#include "core/kernel/refusals.h"
#include "core/people/kinds.h"

namespace yuanyue {

namespace {

constexpr std::chrono::seconds housekeeping_every{1};
constexpr std::int64_t guard_pruned_every_ms = 10 * 60'000;

}  // namespace

ParkProcess::ParkProcess(DataLock lock, DataFolder folder, Stores stores, ServerClock& clock,
                         const ParkProcessOptions& options)
    : lock_(std::move(lock)),
      folder_(std::move(folder)),
      stores_(std::move(stores)),
      clock_(clock),
      engine_(*stores_.store, clock_, directory_, hub_, options.engine),
      sessions_(*stores_.auth, options.sessions),
      guard_(*stores_.auth, options.sign_in),
      accounts_(*stores_.auth, directory_, sessions_, guard_, devices_, hasher_) {
  engine_.when_rights_end([this](const UserId& user) { sessions_.ended_in_store(user); });
  sessions_.when_ended([this](const std::string& token_hash) {
    try {
      hub_.end_session(token_hash);
    } catch (const std::bad_alloc&) {  // what is held then is refused when it is asked again
      log_event(LogLevel::error, "no_memory");
    }
  });
}

ParkProcess::~ParkProcess() {
  housekeeper_.request_stop();
  engine_.stop();
}

std::expected<std::unique_ptr<ParkProcess>, std::string> ParkProcess::open(
    DataLock lock, const DataFolder& folder, ServerClock& clock,
    const ParkProcessOptions& options) {
  const auto unusable = [&](const std::string& verb, const std::string& why) {
    return std::unexpected("The store " + folder.store_path() + " cannot be " + verb + ": " + why +
                           ".");
  };
  if (folder.has_store()) {
    const std::string damage = damaged_pages(folder.store_path());
    if (!damage.empty()) return unusable("used", damage + "; `yuanyue restore` puts a backup back");
  }
  auto stores = open_sqlite_stores({.path = folder.store_path()});
  if (!stores) return unusable("opened", stores.error().message);
  std::unique_ptr<ParkProcess> process(
      new ParkProcess(std::move(lock), folder, *std::move(stores), clock, options));
  if (auto loaded = process->load(); !loaded) {
    return std::unexpected("The store cannot be read: " + loaded.error() + ".");
  }
  process->engine_.start();
  process->housekeeper_ =
      std::jthread([&it = *process](const std::stop_token& stop) { it.keep_house(stop); });
  if (auto imported = process->import_built_in_calendar(); !imported) {
    return std::unexpected(imported.error());
  }
  return process;
}

std::expected<void, std::string> ParkProcess::load() {
  if (auto loaded = engine_.load(); !loaded) return loaded;
  const std::int64_t now_ms = machine_time_ms();
  // Without them nobody would be signed in, and everybody forgiven.
  if (auto loaded = sessions_.load(now_ms); !loaded) {
    return std::unexpected(loaded.error().message);
  }
  if (auto loaded = guard_.load(now_ms); !loaded) return std::unexpected(loaded.error().message);
  if (auto loaded = devices_.load(*stores_.auth); !loaded) {
    log_event(LogLevel::warn, "device_key_not_kept", {{"message", loaded.error().message}});
  }
  return {};
}

void ParkProcess::keep_house(const std::stop_token& stop) {
  std::mutex mutex;
  std::condition_variable_any rest;
  std::int64_t pruned_ms = machine_time_ms();
  while (true) {
    {
      std::unique_lock lock(mutex);
      rest.wait_for(lock, stop, housekeeping_every, [] { return false; });
    }
    try {
      const std::int64_t now_ms = machine_time_ms();
      sessions_.keep_trying();
      if (now_ms - pruned_ms >= guard_pruned_every_ms) {
        guard_.prune(now_ms);
        pruned_ms = now_ms;
      }
    } catch (const std::bad_alloc&) {
      log_event(LogLevel::warn, "housekeeping_failed");
    }
    if (stop.stop_requested()) return;
  }
}

std::expected<void, std::string> ParkProcess::import_built_in_calendar() {
  ConsoleTask task;
  auto looked = engine_.inspect([&](const State& state) {
    for (const CalendarYear& year : built_in_calendar()) {
      if (official_calendar(state).find(year.year) == nullptr) {
        task.commands.emplace_back(ImportCalendarYear{year});
      }
    }
  });
  if (!looked) return std::unexpected("The engine does not run.");
  looked->get();
  if (task.commands.empty()) return {};
  log_event(LogLevel::info, "calendar_years_added", {{"years", task.commands.size()}});
  return run_console(engine_, std::move(task));
}

std::optional<CommandFault> first_fault(const std::vector<AnyCommand>& commands) {
  for (std::size_t i = 0; i < commands.size(); ++i) {
    const auto decoded = wire::decode_command(wire::encode(commands[i]));
    if (decoded) continue;
    const wire::DecodeError& error = decoded.error();
    const std::string detail = error.detail.empty() ? "" : " (" + error.detail + ")";
    return CommandFault{i, "Refused: " + error.path + " is " +
                               std::string(wire::to_string(error.code)) + detail + "."};
  }
  return std::nullopt;
}

std::expected<void, std::string> run_console(EngineLoop& engine, ConsoleTask task) {
  if (auto fault = first_fault(task.commands)) return std::unexpected(fault->sentence);
  auto answer = engine.run(std::move(task));
  if (!answer) return std::unexpected("The server is busy or stopping; try again.");
  ConsoleReply reply;
  try {
    reply = answer->get();
  } catch (const std::future_error&) {  // the engine could not even keep the task
    reply.unavailable = true;
  }
  if (reply.unavailable)
    return std::unexpected("The store could not be written; nothing has changed.");
  if (reply.rejection) return std::unexpected(describe(*reply.rejection));
  return {};
}

std::string describe(const Rejection& rejection) {
  if (rejection.code == refusals::last_administrator) {
    return "Refused: this is the last administrator who can sign in; add or enable another one "
           "first.";
  }
  std::string sentence = "Refused: " + std::string(rejection.code.name());
  if (const std::string_view field = invalid_field(rejection); !field.empty())
    sentence.append(" (").append(field).append(")");
  return sentence + ".";
}

const std::vector<CalendarYear>& built_in_calendar() {
  static const std::vector<CalendarYear> years = [] {
    auto file = decode_calendar_file(embedded_asset("calendars/cn_holidays.json"));
    assert(file.has_value());
    std::vector<CalendarYear> list;
    for (auto& [year, row] : file->years) list.push_back(std::move(row));
    return list;
  }();
  return years;
}

}  // namespace yuanyue
