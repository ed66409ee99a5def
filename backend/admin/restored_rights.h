// What going back to a backup would give back to people: passwords that were replaced since,
// because somebody else knew them, and users who were disabled since.
#pragma once

#include <expected>
#include <string>
#include <vector>

namespace yuanyue {

enum class RightsOf : std::uint8_t { replaced, backup };

// Names of users, in no particular order.
struct RightsDifference {
  std::vector<std::string> passwords;   // another one, or another duty to change it
  std::vector<std::string> disabled;    // in the replaced store, and not in the backup
  std::vector<std::string> enabled;     // the other way round
  std::vector<std::string> made_since;  // not in the backup: they have to be made again
  std::string unreadable;               // why the replaced store could not be asked; empty: it was
  bool empty() const {
    return passwords.empty() && disabled.empty() && enabled.empty() && made_since.empty() &&
           unreadable.empty();
  }
};

// Compares the store at `incoming`, which is about to replace the one at `replaced`, and with
// RightsOf::replaced gives it the rights of that one, told in the ledger. Nobody has either open.
// The error is a sentence.
std::expected<RightsDifference, std::string> settle_rights(const std::string& incoming,
                                                           const std::string& replaced,
                                                           RightsOf wanted);

}  // namespace yuanyue
