// What an administrator's command says that its sender saw.
#pragma once

#include <optional>

namespace yuanyue {

// Whether the row is what its sender saw; what nobody looked at cannot be seen wrong.
template <class RowType>
bool is_seen(const std::optional<RowType>& seen, const RowType* row) {
  return !seen || (row != nullptr && *row == *seen);
}

}  // namespace yuanyue
