#include "backend/store/ledger_chain.h"

#include <vector>

#include <nlohmann/json.hpp>

#include "backend/store/ledger_facts.h"
#include "backend/store/ledger_notes.h"
#include "backend/store/sha256.h"
#include "core/domains/codec.h"
#include "core/people/kinds.h"

namespace yuanyue {

std::string ledger_hash(std::string_view previous_hash, std::string_view json) {
  return sha256_hex_of({previous_hash, "\n", json});
}

namespace {

// Who is named by the entry, and in an old one of an account also the user who had this name.
bool are_owners_its_own(const StoredLedgerEntry& stored, const LedgerEntry& entry) {
  std::vector<std::string> named = ledger_facts(entry).owners;
  const auto* account = entry.kind.get_if<AccountEvent>();
  const bool may_be_guessed = account != nullptr && !account->user;
  for (const std::string& owner : stored.owners) {
    if (std::erase(named, owner) == 0 && !(may_be_guessed && owner.starts_with("user:")))
      return false;
  }
  return named.empty();
}

// What stands beside the chain; nothing: it is right.
const char* wrong_beside(const StoredLedgerEntry& stored) {
  const std::string_view hashed = note_in(stored.hashed);
  if (stored.note && hashed != note_commitment(*stored.note, stored.salt)) {
    return "its note is not the one that was committed";
  }
  const auto entry = wire::decode_ledger_entry(stored.json);
  if (!entry || !stored.at_ms) return nullptr;
  if (*stored.at_ms != entry->at.ms) return "it is filed under another time than its own";
  if (stored.note && !are_owners_its_own(stored, *entry)) {
    return "its note is kept as somebody else's";
  }
  return nullptr;
}

}  // namespace

StoreResult<LedgerCheck> verify_ledger(StoreReader& reader) {
  LedgerCheck check;
  const auto start = reader.head();
  if (!start) return std::unexpected(start.error());
  check.last_hash = start->ledger_start;
  const auto head = reader.each_ledger_entry([&](const StoredLedgerEntry& entry) {
    const auto bad = [&](const char* problem) {
      check.first_bad = check.entries + 1;
      check.problem = problem;
      return false;
    };
    if (entry.number != check.entries + 1) return bad("an entry is missing");
    if (entry.previous_hash != check.last_hash)
      return bad("it does not follow from the entry before");
    if (entry.hashed.size() > wire::max_row_bytes) return bad("it is longer than an entry can be");
    const auto json = nlohmann::json::parse(entry.hashed, nullptr, false);
    if (json.is_discarded() || json.dump() != entry.hashed) return bad("its JSON is not canonical");
    if (ledger_hash(entry.previous_hash, entry.hashed) != entry.hash) return bad("it was changed");
    if (const char* problem = wrong_beside(entry)) return bad(problem);
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
  } else {
    const auto stray = reader.stray_detail();
    if (!stray) return std::unexpected(stray.error());
    check.first_bad = *stray;
    if (*stray != 0) check.problem = "a note is kept that is no entry's";
  }
  return check;
}

}  // namespace yuanyue
