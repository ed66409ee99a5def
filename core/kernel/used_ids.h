// Ids are for ever: what was archived or erased is in State no more, and must not come a second
// time. Who knows what there was asks of each change whether it brings an id in.
#pragma once

#include "core/kernel/outcome.h"

namespace yuanyue {

// Whether it inserts a row with an id of its own. What is named by what it is (a block of a day)
// may be said again.
inline bool brings_id(const RowChange& change) {
  return !change.before() && change.after() && change.type->has_own_id;
}

}  // namespace yuanyue
