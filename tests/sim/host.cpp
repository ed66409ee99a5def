#include "tests/sim/host.h"

#include <algorithm>
#include <map>
#include <utility>

#include "backend/store/sqlite.h"
#include "backend/store/sqlite_stores.h"
#include "tests/core/support/random_park.h"
#include "tests/sim/population.h"

namespace yuanyue::sim {
namespace {

// The files of a park as its administrators have set it up; every simulation begins with it.
const std::map<std::string, std::string>& founded_park() {
  static const std::map<std::string, std::string> files = [] {
    FaultCounts counts;
    Disk disk(1, counts);
    const SqliteDisk sqlite(disk);
    Server server(disk, 1, counts, {}, 1'000, everybody(), false);
    server.start(worlds::RandomPark::start() - ms_per_hour);
    server.run({.commands = founding_commands()});
    server.step();
    server.end();
    std::map<std::string, std::string> made;
    for (const std::string& name : disk.names()) made[name] = std::string(disk.content(name));
    return made;
  }();
  return files;
}

EngineOptions engine_options(const Weather& weather, Oracle& oracle) {
  EngineOptions options;
  options.witness = &oracle;
  if (weather.overload) options.max_waiting_tasks = 1;
  options.max_batch_commands = 8;
  options.max_batch_due = 1;
  options.revisions_kept = 40;
  options.prune_every_ms = ms_per_minute;
  return options;
}

}  // namespace

Host::Host(Events& events, const Weather& weather, std::uint64_t seed, FaultCounts& counts,
           Oracle& oracle)
    : events_(events),
      weather_(weather),
      random_(seed),
      counts_(counts),
      oracle_(oracle),
      disk_((founded_park(), seed + 1), counts),
      sqlite_(disk_),
      server_(disk_, seed + 2, counts, engine_options(weather, oracle), 60, everybody(),
              weather.short_of_memory) {
  for (const auto& [name, content] : founded_park()) disk_.place(name, content);
}

void Host::set_clock() {
  sqlite_.set_time(events_.now());
  if (!server_.is_up()) return;
  // As the server's clock does: it follows the machine's, but never back.
  const Instant machine = events_.now() + clock_error_ms_;
  const Instant steady = started_with_ + (events_.now() - started_at_);
  server_.set_time(std::max(machine, steady));
}

// --- the process -------------------------------------------------------------------------------

void Host::boot() {
  if (!start()) oracle_.violation("the server does not start on a good disk");
}

bool Host::start() {
  const auto problem = server_.start(events_.now() + clock_error_ms_);
  if (problem) {
    events_.trace("start failed", *problem);
    return false;
  }
  started_at_ = events_.now();
  started_with_ = server_.now();
  failed_starts_ = 0;
  events_.trace("started at revision", static_cast<std::uint64_t>(server_.store().head().revision));
  plan_step(events_.now());
  return true;
}

void Host::start_again_after(std::int64_t delay_ms) {
  step_planned_at_ = never;
  events_.after(delay_ms, [this, number = ++starts_planned_] {
    if (number != starts_planned_ || server_.is_up()) return;
    disk_.restart();
    if (!is_healing_ && weather_.crashes && random_.one_in(4)) {
      disk_.crash_after(1 + random_.below(12), some_crash());
    }
    if (start()) {
      oracle_.started(server_);
      return;
    }
    if (disk_.crashed()) {
      counts_.add(Fault::crash_in_start);
    } else if (++failed_starts_ > 3) {
      disk_.heal();  // somebody made room
      if (failed_starts_ > 6) return oracle_.violation("the server does not start any more");
    }
    start_again_after(500);
  });
}

void Host::died() {
  events_.trace("server died");
  server_.end();
  start_again_after(random_.between(100, 4'000));
}

void Host::restart_in_order() {
  if (stop_in_order()) start_again_after(random_.between(100, 2'000));
}

void Host::stand_still(std::int64_t duration_ms) {
  if (stop_in_order()) start_again_after(duration_ms);
}

bool Host::stop_in_order() {
  if (!server_.is_up()) return false;
  set_clock();
  while (server_.has_work() && !disk_.crashed()) server_.step();
  server_.end();
  counts_.add(Fault::clean_restart);
  events_.trace("stopped in order");
  return true;
}

void Host::plan_step(Instant when) {
  when = std::max(when, events_.now());
  if (when >= step_planned_at_) return;
  step_planned_at_ = when;
  events_.at(when, [this, number = ++steps_planned_] {
    if (number == steps_planned_) step();
  });
}

void Host::receive(Request request) {
  set_clock();
  server_.receive(std::move(request));
  plan_step(events_.now() + random_.between(0, 8));
}

void Host::run(ConsoleTask task) {
  if (!server_.is_up()) return;
  for (const AnyCommand& command : task.commands) oracle_.received(command);
  set_clock();
  server_.run(std::move(task));
  plan_step(events_.now() + random_.between(0, 8));
}

void Host::step() {
  step_planned_at_ = never;
  if (!server_.is_up()) return;
  set_clock();
  std::vector<Answer> answers = server_.step();
  if (std::exchange(dies_before_answers_, false)) disk_.crash_now(some_crash());
  if (disk_.crashed()) return died();
  for (const Answer& answer : answers) oracle_.answered(answer);
  oracle_.stepped(server_);
  if (server_.near_quota()) oracle_.violation("an honest user has come near the quotas");
  if (disk_.crashed()) return died();
  events_.trace("step", static_cast<std::uint64_t>(server_.store().head().revision));
  const Instant next = server_.next_step_at();
  if (next != never) plan_step(events_.now() + std::max<std::int64_t>(1, next - server_.now()));
  for (Answer& answer : answers) on_answer_(std::move(answer));
}

// --- misfortune --------------------------------------------------------------------------------

Crash Host::some_crash() {
  const bool power = weather_.power_losses && (!weather_.crashes || random_.one_in(2));
  return power ? Crash::power_lost : Crash::process_killed;
}

void Host::misfortune() {
  switch (random_.below(10)) {
    case 0:
    case 1:
      if (!weather_.crashes && !weather_.power_losses) return;
      if (random_.one_in(4)) {
        dies_before_answers_ = true;
      } else {
        disk_.crash_after(1 + random_.below(30), some_crash());
      }
      return;
    case 2:
      if ((weather_.crashes || weather_.power_losses) && server_.is_up()) {
        disk_.crash_now(some_crash());
        died();
      }
      return;
    case 3:
      if (weather_.crashes) restart_in_order();
      return;
    case 4:
      if (!weather_.failed_syncs) return;
      disk_.set_syncs_fail_one_in(random_.one_in(2) ? 1 + random_.below(4) : 0);
      return;
    case 5:
      if (weather_.full_disks) disk_.set_full(random_.one_in(2));
      return;
    case 6:
      if (weather_.clocks_set_back) {
        clock_error_ms_ = random_.between(-3'600'000, 600'000);
        if (clock_error_ms_ < 0) counts_.add(Fault::clock_set_back);
      }
      return;
    case 7:
    case 8:
      if (weather_.restores) back_up();
      return;
    default:
      if (weather_.restores && random_.one_in(3)) restore();
      return;
  }
}

void Host::heal() {
  is_healing_ = true;
  disk_.heal();
  server_.heal();
  dies_before_answers_ = false;
  if (!server_.is_up()) start_again_after(100);
}

void Host::back_up() {
  if (!server_.is_up()) return;
  set_clock();
  const std::string file = "backup-" + std::to_string(++backups_made_) + ".db";
  const auto made = server_.store().backup(file);
  if (disk_.crashed()) return died();
  events_.trace("backup", made ? file : made.error().message);
  if (!made) {
    disk_.remove(file);
    return;
  }
  counts_.add(Fault::backup_made);
  backups_.push_back(oracle_.backed_up(file, server_));
}

void Host::restore() {
  if (backups_.empty() || !server_.is_up()) return;
  const Oracle::Backup backup = random_.pick(backups_);
  server_.end();
  disk_.crash_now(some_crash());
  disk_.restart();
  disk_.heal();
  events_.trace("restore", backup.file);
  for (const char* suffix : {"-wal", "-shm", "-journal"}) {
    const std::string beside = std::string(store_name) + suffix;
    if (disk_.exists(beside)) disk_.remove(beside);
  }
  disk_.copy(backup.file, store_name);
  try {
    SqliteConnection connection(store_name, SqliteAccess::read_write, vfs_name);
    SqliteStatement(connection, "UPDATE meta SET value = ?1 WHERE name = 'epoch'")
        .bind(1, static_cast<std::int64_t>(random_.next() >> 1))
        .run();
  } catch (const SqliteError& error) {
    return oracle_.violation(std::string("a backup cannot be restored: ") + error.what());
  }
  counts_.add(Fault::backup_restored);
  if (!start()) return oracle_.violation("a backup does not start");
  oracle_.restored(backup, server_);
}

}  // namespace yuanyue::sim
