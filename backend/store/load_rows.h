// The rows of a store as values, of whatever form an older program has written them in
// (core/domains/row_forms.h).
#pragma once

#include <expected>
#include <functional>
#include <string>
#include <vector>

#include "backend/store/store.h"
#include "core/kernel/row.h"

namespace yuanyue {

// Decodes every stored row, in no particular order. Returns the keys of those that the store has in
// an older form, or not at all; the error is a sentence for the console.
std::expected<std::vector<AnyKey>, std::string> load_rows(StoreReader& reader,
                                                          const std::function<void(AnyRow)>& take);

}  // namespace yuanyue
