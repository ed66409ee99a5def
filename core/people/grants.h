// Who may do what, and who sees what. Source: docs/rules.md "Permissions".
#pragma once

#include <vector>

#include "core/kernel/domain.h"
#include "core/people/ids.h"

namespace yuanyue {

struct LedgerEntry;
struct User;

// A member acts for its own enterprise only; what is another's does not exist for it.
Grant grants(const State& state, const Actor& actor, const Need& need);

inline constexpr AudienceKind enterprise_kind{"enterprise"};  // an enterprise's own rows
inline constexpr AudienceKind user_kind{"user"};              // the user's own account
inline constexpr AudienceKind administrators_kind{"administrators"};
inline constexpr Audience administrators{&administrators_kind};
// What is an enterprise's own.
inline Audiences audiences_of_enterprise(const EnterpriseId& enterprise) {
  return {{&enterprise_kind, enterprise}, administrators};
}

// Of an entry of the ledger: whose timeline it belongs to.
Audiences audiences_of(const LedgerEntry& entry);

// What a user may see. A disabled or unknown user sees nothing.
std::vector<Audience> audiences_for(const User& user);

}  // namespace yuanyue
