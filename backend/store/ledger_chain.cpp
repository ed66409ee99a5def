#include "backend/store/ledger_chain.h"

#include <nlohmann/json.hpp>

#include "backend/store/sha256.h"
#include "core/domains/codec.h"

namespace yuanyue {

std::string ledger_hash(std::string_view previous_hash, std::string_view json) {
  return sha256_hex_of({previous_hash, "\n", json});
}

StoreResult<LedgerCheck> verify_ledger(StoreReader& reader) {
  LedgerCheck check;
  check.last_hash = std::string(ledger_genesis_hash);
  const auto head = reader.each_ledger_entry([&](const StoredLedgerEntry& entry) {
    const auto bad = [&](const char* problem) {
      check.first_bad = check.entries + 1;
      check.problem = problem;
      return false;
    };
    if (entry.number != check.entries + 1) return bad("an entry is missing");
    if (entry.previous_hash != check.last_hash)
      return bad("it does not follow from the entry before");
    if (entry.json.size() > wire::max_row_bytes) return bad("it is longer than an entry can be");
    const auto json = nlohmann::json::parse(entry.json, nullptr, false);
    if (json.is_discarded() || json.dump() != entry.json) return bad("its JSON is not canonical");
    if (ledger_hash(entry.previous_hash, entry.json) != entry.hash) return bad("it was changed");
    ++check.entries;
    check.last_hash = entry.hash;
    return true;
  });
  if (!head) return std::unexpected(head.error());
  if (check.first_bad != 0) return check;
  if (head->ledger_entries > check.entries) {
    check.first_bad = check.entries + 1;
    check.problem = "entries at the end are missing";
  } else if (head->ledger_entries < check.entries) {
    check.first_bad = head->ledger_entries + 1;
    check.problem = "it was never committed";
  } else if (head->ledger_hash != check.last_hash) {
    check.first_bad = check.entries;
    check.problem = "the last entry is not the one that was committed";
  }
  return check;
}

}  // namespace yuanyue
