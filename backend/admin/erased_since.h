// Whom going back to a backup brings back although they were erased.
#pragma once

#include <string>
#include <utility>
#include <vector>

namespace yuanyue {

struct ErasedSince {
  std::vector<std::pair<std::string, std::string>> owners;  // "user:<uuid>", and the name
  std::string unreadable;  // why that cannot be said; empty: it can
};

// Of the store at `incoming`, which is about to replace the one at `replaced`. Nobody has either
// open.
ErasedSince erased_since(const std::string& incoming, const std::string& replaced);

}  // namespace yuanyue
