// What a user may see, by names of audiences as the store keeps them.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace yuanyue {

// By the user's row as JSON; none when there is no such row, or who it is may see nothing.
std::vector<std::string> audience_names(std::string_view user_row);

// Whether one of these may see this ledger entry (JSON).
bool entry_is_seen(std::string_view entry, const std::vector<std::string>& audiences);

}  // namespace yuanyue
