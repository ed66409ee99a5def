#include "tests/sim/fault_counts.h"

namespace yuanyue::sim {

std::string_view name_of(Fault fault) {
  static constexpr std::array<std::string_view, static_cast<std::size_t>(Fault::count)> names = {
      "process killed",    "power lost",         "write lost",        "write torn",
      "crash in start",    "clean restart",      "sync failed",       "disk full",
      "commit failed",     "clock set back",     "backup made",       "backup restored",
      "request lost",      "answer lost",        "request doubled",   "request late",
      "partition",         "engine overloaded",  "session ended",     "command refused",
      "client unknown",    "replica reset",      "tab closed",        "tab closed unsaved",
      "device slept",      "storage failed",     "storage evicted",   "device clock set",
      "user changed",      "rights changed",     "calendar imported", "capacity changed",
      "replica corrected", "no memory",          "intrusion refused", "intrusion decided",
      "due in pieces",     "command sent again", "row archived",      "owner erased",
      "erased not swept",
  };
  return names[static_cast<std::size_t>(fault)];
}

}  // namespace yuanyue::sim
