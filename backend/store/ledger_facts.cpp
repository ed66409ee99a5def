#include "backend/store/ledger_facts.h"

#include "core/domains/codec.h"
#include "core/domains/history.h"
#include "core/people/grants.h"

namespace yuanyue {

// What nobody has sent (the system's entries, by commands of fresh ids) is sent again by nobody.
LedgerFacts ledger_facts(const LedgerEntry& entry) {
  LedgerFacts facts{entry.at.ms, timelines_of(entry), {}, to_string(erased_by(entry))};
  for (const Owner& owner : owners_of(entry)) facts.owners.push_back(to_string(owner));
  if (entry.actor && entry.command) facts.subjects.push_back(subject_of(entry.command));
  return facts;
}

LedgerFacts ledger_facts(std::string_view json) {
  const auto entry = wire::decode_ledger_entry(json);
  return entry ? ledger_facts(*entry) : LedgerFacts{};
}

}  // namespace yuanyue
