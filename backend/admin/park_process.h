// Everything that the process owning a data folder has running: store, engine, people, sessions.
// `serve` puts the HTTP server on it; a command at the console uses it alone.
#pragma once

#include <expected>
#include <memory>
#include <stop_token>
#include <string>
#include <thread>

#include "backend/auth/accounts.h"
#include "backend/engine_loop/engine_loop.h"
#include "backend/store/data_folder.h"
#include "backend/store/stores.h"

namespace yuanyue {

struct ParkProcessOptions {
  EngineOptions engine;
  SignInLimits sign_in;
  SessionLimits sessions;
};

class ParkProcess {
 public:
  // Opens the store, loads State, starts the engine and brings the built-in official calendar in.
  // The error is a sentence for the console. `clock` outlives the process.
  static std::expected<std::unique_ptr<ParkProcess>, std::string> open(
      DataLock lock, const DataFolder& folder, ServerClock& clock,
      const ParkProcessOptions& options = {});
  ~ParkProcess();

  const DataFolder& folder() const { return folder_; }
  Store& store() { return *stores_.store; }
  ServerClock& clock() { return clock_; }
  EngineLoop& engine() { return engine_; }
  Directory& directory() { return directory_; }
  ChangeHub& hub() { return hub_; }
  Sessions& sessions() { return sessions_; }
  SignInGuard& guard() { return guard_; }
  Accounts& accounts() { return accounts_; }
  PasswordHasher& hasher() { return hasher_; }

 private:
  ParkProcess(DataLock lock, DataFolder folder, Stores stores, ServerClock& clock,
              const ParkProcessOptions& options);
  std::expected<void, std::string> load();
  std::expected<void, std::string> import_built_in_calendar();
  void keep_house(const std::stop_token& stop);

  DataLock lock_;
  DataFolder folder_;
  Stores stores_;
  ServerClock& clock_;
  Directory directory_;
  ChangeHub hub_;
  EngineLoop engine_;
  Sessions sessions_;
  SignInGuard guard_;
  KnownDevices devices_;
  PasswordHasher hasher_;
  Accounts accounts_;
  std::jthread housekeeper_;
};

// The first command that would not be taken from anybody: the console has the same limits, so that
// what is stored can be read back.
struct CommandFault {
  std::size_t command = 0;
  std::string sentence;
};
std::optional<CommandFault> first_fault(const std::vector<AnyCommand>& commands);

// One console task, waited for; the error is a sentence.
std::expected<void, std::string> run_console(EngineLoop& engine, ConsoleTask task);
std::string describe(const Rejection& rejection);

// The years of assets/calendars, decoded once.
const std::vector<CalendarYear>& built_in_calendar();

}  // namespace yuanyue
