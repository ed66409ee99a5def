// For whom somebody acts.
#pragma once

#include "core/kernel/command.h"
#include "core/kernel/row.h"
#include "core/kernel/state.h"
#include "core/people/ids.h"

namespace yuanyue {

// The member's enterprise; none for administrators, console, system, disabled or unknown users.
EnterpriseId enterprise_of(const State& state, const Actor& actor);

AnyKey scope_of(const EnterpriseId& enterprise);

// In the scope of who acts.
Need own_need(const Permission& permission, const State& state, const Actor& actor);
// In the scope of whose the row is.
template <class Row>
Need owner_need(const Permission& permission, const Row* row) {
  if (row == nullptr) return {&permission};
  return {&permission, scope_of(row->enterprise)};
}

}  // namespace yuanyue
