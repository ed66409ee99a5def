// What the park keeps of an enterprise or a person: found, told, and listed whole.
#pragma once

#include <expected>
#include <string>
#include <string_view>
#include <vector>

#include <nlohmann/json.hpp>

#include "backend/store/data_folder.h"
#include "core/kernel/state.h"
#include "core/people/grants.h"
#include "core/people/user.h"

namespace yuanyue {

struct DetailsOwner {
  Owner owner;
  std::string name;            // as its row has it
  std::vector<User> accounts;  // an enterprise's, or the user's own
};

// By an id (also "enterprise:<uuid>", "user:<uuid>"), an enterprise's credit code or name, or a
// user's sign-in name. A credit code means the enterprise. The error is a sentence.
std::expected<DetailsOwner, std::string> find_owner(const State& state, std::string_view text);

// All of it as one object: rows, archive, ledger, accounts, sessions, sign_ins, clients, results,
// failures, and rows and entries of others that name it by an id (`named_in`). Passwords and tokens
// are not told, even as hashes. The error is a sentence.
std::expected<nlohmann::json, std::string> details_of(const DataFolder& folder, const State& state,
                                                      const DetailsOwner& owner);

// Files beside the store that may still hold what was erased from it.
std::vector<std::string> kept_copies(const DataFolder& folder);

}  // namespace yuanyue
