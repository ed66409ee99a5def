// The ledger (数字化台账): facts, append-only; the store chains the hashes.
#pragma once

#include <string>

#include "core/kernel/ids.h"
#include "core/kernel/kind.h"

namespace yuanyue {

struct LedgerEntry {
  LedgerEntryId id;
  Instant at;
  UserId actor;  // none: the system
  CommandId command;
  Event kind;               // with its detail: what happened to what
  EnterpriseId enterprise;  // whose timeline it belongs to; none: administration only
  std::string note;         // a reason, a file's name; <= max_note_bytes
  bool operator==(const LedgerEntry&) const = default;
};

}  // namespace yuanyue
