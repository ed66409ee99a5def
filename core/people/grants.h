// Who may do what, and who sees what. Source: docs/rules.md "Permissions".
#pragma once

#include <optional>
#include <string_view>
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

inline constexpr OwnerKind enterprise_owner{"enterprise"};
inline constexpr OwnerKind user_owner{"user"};
inline Owner owner_of(const EnterpriseId& enterprise) {
  return enterprise ? Owner{&enterprise_owner, enterprise} : Owner{};
}
inline Owner owner_of(const UserId& user) { return user ? Owner{&user_owner, user} : Owner{}; }
// As to_string() writes it; nullopt: it names none.
std::optional<Owner> parse_owner(std::string_view text);

// Of an entry of the ledger: whose timeline it belongs to.
Audiences audiences_of(const LedgerEntry& entry);

// Whose details the note of an entry may hold: the enterprise's, and the user's whose account it is
// about or else, of what an enterprise did, who wrote it.
Few<Owner, 3> owners_of(const LedgerEntry& entry);
// Whose erasing the entry is; of another: nobody's.
Owner erased_by(const LedgerEntry& entry);

// What a user may see. A disabled or unknown user sees nothing.
std::vector<Audience> audiences_for(const User& user);

}  // namespace yuanyue
