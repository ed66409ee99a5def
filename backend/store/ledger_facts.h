// What the store keeps beside a ledger entry, so that it is found by what it is about.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/kernel/ledger.h"

namespace yuanyue {

struct LedgerFacts {
  std::int64_t at_ms = 0;
  // Its timelines, and the command that it comes from.
  std::vector<std::string> subjects;
  std::vector<std::string> owners;  // of its note
  std::string erased;               // whose erasing it is; empty: nobody's
};

LedgerFacts ledger_facts(const LedgerEntry& entry);
// Of a stored text: nothing when it cannot be read.
LedgerFacts ledger_facts(std::string_view json);

}  // namespace yuanyue
