// What a catalog must satisfy before it is saved.
#pragma once

#include <optional>

#include "core/catalog/save_catalog.h"
#include "core/kernel/outcome.h"
#include "core/kernel/state.h"

namespace yuanyue {

// `invalid` with the path of the first fault, such as "services[2].weekly[0].capacity": references
// that resolve neither in the command nor in the state, spans out of order or outside the hall's
// hours, overlapping blocks, an id that is there twice, numbers out of range.
std::optional<Rejection> check_catalog(const State& state, const SaveCatalog& command);

}  // namespace yuanyue
