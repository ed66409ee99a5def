// A disk in memory. What is written is seen at once by whoever reads (the system's cache), but
// survives a loss of power only once it is synced: of the rest each write may be there, be lost, or
// be torn, in any combination. A sync that fails may leave writes that no later sync repairs.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tests/core/support/random.h"
#include "tests/sim/fault_counts.h"

namespace yuanyue::sim {

enum class DiskResult : std::uint8_t { done, failed, full };
enum class Crash : std::uint8_t { process_killed, power_lost };

class Disk {
 public:
  Disk(std::uint64_t seed, FaultCounts& counts) : random_(seed), counts_(counts) {}

  // --- what a process sees ---
  bool exists(const std::string& name) const { return files_.contains(name); }
  DiskResult create(const std::string& name);
  std::string_view content(const std::string& name) const;
  DiskResult write(const std::string& name, std::size_t offset, std::string_view bytes);
  DiskResult truncate(const std::string& name, std::size_t size);
  DiskResult sync(const std::string& name);
  DiskResult remove(const std::string& name);
  std::uint64_t random() { return random_.next(); }

  // --- faults ---
  // The process ends in the middle of the n-th change from now on; until restart() all fails.
  void crash_after(std::uint64_t changes, Crash crash);
  void crash_now(Crash crash);
  bool crashed() const { return crashed_.has_value(); }
  void restart();
  void set_full(bool full) { is_full_ = full; }
  void set_syncs_fail_one_in(std::uint64_t n) { syncs_fail_one_in_ = n; }  // 0: none
  void heal();

  // --- for the one who keeps backups: no process, no fault ---
  void copy(const std::string& from, const std::string& to);
  void place(const std::string& name, std::string content);
  std::vector<std::string> names() const;

 private:
  struct Change {
    std::size_t offset = 0;
    std::string bytes;
    bool is_truncation = false;  // to `offset`
  };
  struct File {
    std::string seen;     // what reads give
    std::string durable;  // what a loss of power leaves
    std::vector<Change> unsynced;
    bool exists_durably = false;
  };

  bool take_step();  // false: the process has ended
  static void apply(const Change& change, std::string& content);
  void lose_power();
  void lose_unsynced(File& file);

  worlds::Random random_;
  FaultCounts& counts_;
  std::map<std::string, File> files_;
  std::optional<Crash> crashed_;
  std::uint64_t changes_until_crash_ = 0;  // 0: none planned
  Crash planned_ = Crash::process_killed;
  bool is_full_ = false;
  std::uint64_t syncs_fail_one_in_ = 0;
};

}  // namespace yuanyue::sim
