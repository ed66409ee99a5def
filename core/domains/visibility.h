// Who sees which row. Source: domain.md "Permissions".
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/kernel/outcome.h"
#include "core/kernel/state.h"

namespace yuanyue {

// An audience is a set of replicas with the same right to see a row.
enum class AudienceKind : std::uint8_t {
  everyone,    // catalog, calendars, block counters
  enterprise,  // an enterprise's own rows
  user,        // the user's own account row
  administrators,
};
struct Audience {
  AudienceKind kind = AudienceKind::everyone;
  Uuid id;  // of the enterprise or user
  auto operator<=>(const Audience&) const = default;
};

std::string to_string(
    const Audience& audience);  // "everyone", "enterprise:<uuid>", "user:<uuid>", …

// Audiences of a row; every row has at least one, ledger entries too.
std::vector<Audience> audiences_of(const Row& row);
std::vector<Audience> audiences_of(const LedgerEntry& entry);
// What a user may see. A disabled or unknown user sees nothing.
std::vector<Audience> audiences_for(const User& user);

}  // namespace yuanyue
