// The last guard before the store: what is committed must be readable again, or the store could not
// be opened any more. Whether decide() lets a row grow beyond its codec is a matter of bugs; that
// such a row is never stored is not.
#pragma once

#include <optional>
#include <string>

#include "core/kernel/outcome.h"
#include "core/protocol/protocol.h"

namespace yuanyue {

// The first row or ledger entry whose text does not decode, and why: "row booking {…}: too_long at
// reason". nullopt: all of it can be kept.
std::optional<std::string> unreadable_part(const Outcome& outcome);
std::optional<std::string> unreadable_part(const wire::CommandResult& result);

}  // namespace yuanyue
