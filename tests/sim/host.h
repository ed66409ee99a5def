// The machine that the server runs on: power, disk, clock, backups; the process dies and starts
// again here.
#pragma once

#include <deque>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "tests/sim/events.h"
#include "tests/sim/oracle.h"
#include "tests/sim/server.h"
#include "tests/sim/weather.h"

namespace yuanyue::sim {

class Host {
 public:
  Host(Events& events, const Weather& weather, std::uint64_t seed, FaultCounts& counts,
       Oracle& oracle);

  void set_answer_handler(std::function<void(Answer)> handler) { on_answer_ = std::move(handler); }
  bool is_up() const { return server_.is_up(); }
  void receive(Request request);  // requires is_up()
  void run(ConsoleTask task);  // as an administrator at the console; lost when the server is down
  Server& server() { return server_; }

  void boot();
  void misfortune();  // one, of those the weather has
  void heal();        // no more of them; starts the server if it is down
  void restart_in_order();
  // Of what was accepted before them no device remembers any more to send it again.
  void forget_backups() { backups_.clear(); }
  // On the disk: nobody leaves it full for months, while the server tries again each second.
  void make_room() { disk_.set_full(false); }
  void stand_still(std::int64_t duration_ms);  // as long as nobody starts the server again

 private:
  bool stop_in_order();  // false: it was not up
  void plan_step(Instant when);
  void step();
  void died();
  void start_again_after(std::int64_t delay_ms);
  bool start();
  void back_up();
  void restore();
  void set_clock();
  Crash some_crash();

  Events& events_;
  const Weather& weather_;
  worlds::Random random_;
  FaultCounts& counts_;
  Oracle& oracle_;
  Disk disk_;
  SqliteDisk sqlite_;
  Server server_;
  std::function<void(Answer)> on_answer_;

  std::int64_t clock_error_ms_ = 0;  // of the machine
  Instant started_at_;               // the process's steady clock
  Instant started_with_;             // and what its clock said then
  Instant step_planned_at_ = never;
  std::uint64_t steps_planned_ = 0;
  std::uint64_t starts_planned_ = 0;
  int failed_starts_ = 0;
  bool dies_before_answers_ = false;
  bool is_healing_ = false;
  std::uint64_t backups_made_ = 0;
  std::vector<Oracle::Backup> backups_;
};

}  // namespace yuanyue::sim
