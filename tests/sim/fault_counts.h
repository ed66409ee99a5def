// What really happened to a simulated park. A run of many seeds fails when one of these never
// happened: then it would prove less than it says.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace yuanyue::sim {

enum class Fault : std::uint8_t {
  process_killed,      // the machine lives on: what was written is there
  power_lost,          // writes that were not synced are lost, torn, or there
  write_lost,          // by lost power
  write_torn,          // by lost power: a part of it is there
  crash_in_start,      // while the store was being opened
  clean_restart,       // stopped in order
  sync_failed,         // and what it should have made durable may never be
  disk_full,           // a write refused
  commit_failed,       // a batch taken back
  clock_set_back,      // of the server's machine
  backup_made,         // while serving
  backup_restored,     // an older history, a new epoch
  request_lost,        // before the server
  answer_lost,         // after it
  request_doubled,     // the server gets it twice
  request_late,        // after its sender gave up
  partition,           // a device cut off for a while
  engine_overloaded,   // answered with 503
  session_ended,       // 401
  command_refused,     // by the server
  client_unknown,      // 409, and registered anew
  replica_reset,       // a pull that replaced everything
  tab_closed,          // with what it had in memory
  tab_closed_unsaved,  // with a write of its storage under way
  device_slept,
  storage_failed,    // a write of the replica's storage
  storage_evicted,   // everything a device had stored
  device_clock_set,  // wrong by hours
  user_changed,      // another user signs in on a device
  rights_changed,    // disabled, enabled, moved, promoted
  calendar_imported,
  capacity_changed,
  replica_corrected,   // accepted, but something else came of it than was shown
  no_memory,           // an allocation of the engine failed
  intrusion_refused,   // what nobody's page would send, answered with an error
  intrusion_decided,   // or decided by the rules
  due_in_pieces,       // more fell due at once than one commit may hold
  command_sent_again,  // an acknowledged command that a restored server had forgotten
  row_archived,        // a finished row left the state
  owner_erased,        // an enterprise or a person
  erased_not_swept,    // at once: the disk had no room for it, or the process died
  count
};

std::string_view name_of(Fault fault);

class FaultCounts {
 public:
  void add(Fault fault, std::uint64_t times = 1) { at(fault) += times; }
  std::uint64_t of(Fault fault) const { return counts_[static_cast<std::size_t>(fault)]; }
  std::uint64_t& at(Fault fault) { return counts_[static_cast<std::size_t>(fault)]; }

 private:
  std::array<std::uint64_t, static_cast<std::size_t>(Fault::count)> counts_{};
};

}  // namespace yuanyue::sim
