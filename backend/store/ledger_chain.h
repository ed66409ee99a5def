// The hash chain over the ledger: hash(n) = SHA-256(hash(n-1) + "\n" + canonical JSON of entry n),
// in lower-case hex; the JSON has a hash of the note in place of the note (ledger_notes.h).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "backend/store/store.h"

namespace yuanyue {

// What the chain of a new store begins with; one that was made anew begins with the end of the one
// before.
inline constexpr std::string_view ledger_genesis_hash =
    "0000000000000000000000000000000000000000000000000000000000000000";

std::string ledger_hash(std::string_view previous_hash, std::string_view json);

struct LedgerCheck {
  std::int64_t entries = 0;
  std::int64_t first_bad = 0;  // 0: the chain holds
  std::string problem;         // what is wrong with it
  std::string last_hash;
};
// The chain, each note against its hash in it, and what the store finds entries and notes by.
StoreResult<LedgerCheck> verify_ledger(StoreReader& reader);

}  // namespace yuanyue
