// A file system for SQLite on a simulated disk: one process, one thread, locks and shared memory in
// the process, time and randomness from the simulation.
#pragma once

#include "core/base/time.h"
#include "tests/sim/disk/disk.h"

namespace yuanyue::sim {

inline constexpr const char* vfs_name = "yuanyue-simulation";

// While it lives, connections opened with `vfs_name` work on this disk. One at a time.
class SqliteDisk {
 public:
  explicit SqliteDisk(Disk& disk);
  ~SqliteDisk();
  SqliteDisk(const SqliteDisk&) = delete;
  SqliteDisk& operator=(const SqliteDisk&) = delete;

  void set_time(Instant now);
  // Whether a connection holds a file open. Locks and shared memory end with the last of them.
  bool is_open() const;
};

}  // namespace yuanyue::sim
