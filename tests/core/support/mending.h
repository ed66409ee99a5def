// What must hold between the fields of one struct, made to hold: the other side of the checks in
// core/*/*_checks.h.
#pragma once

#include "core/base/time.h"
#include "core/wire/field_table.h"
#include "tests/core/support/random.h"

namespace yuanyue::worlds {

// The last day that a made value may have.
inline constexpr Date last_day{84'005};  // 2199-12-31

// Changes no more than its check asks for, and never how much there is of anything. Does nothing
// for a table that is not known here: the value is then good by chance, or its maker stops.
void mend(const wire::StructTable& table, void* value, Random& random);

}  // namespace yuanyue::worlds
