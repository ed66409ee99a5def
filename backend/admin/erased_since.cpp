#include "backend/admin/erased_since.h"

#include <algorithm>

#include "backend/store/load_rows.h"
#include "backend/store/sqlite_details.h"
#include "backend/store/sqlite_reader.h"
#include "core/people/enterprise.h"
#include "core/people/grants.h"
#include "core/people/user.h"

namespace yuanyue {

ErasedSince erased_since(const std::string& incoming, const std::string& replaced) {
  ErasedSince since;
  const auto erased = read_erased_owners(replaced);
  if (!erased) {
    since.unreadable = erased.error().message;
    return since;
  }
  if (erased->empty()) return since;
  try {
    SqliteReader reader(incoming);
    const auto is_erased = [&](const Owner& owner) {
      return std::ranges::find(*erased, to_string(owner)) != erased->end();
    };
    // Accounts go again with their enterprise.
    const auto read = load_rows(reader, [&](const AnyRow& row) {
      const auto* user = row.get_if<User>();
      const auto* enterprise = row.get_if<Enterprise>();
      if (user == nullptr && enterprise == nullptr) return;
      const Owner owner = owner_of(row.ref());
      if (!is_erased(owner) || (user != nullptr && is_erased(owner_of(user->enterprise)))) return;
      since.owners.emplace_back(to_string(owner), user != nullptr ? user->name : enterprise->name);
    });
    if (!read) since.unreadable = read.error();
  } catch (const SqliteError& error) {
    since.unreadable = error.what();
  }
  std::ranges::sort(since.owners);
  return since;
}

}  // namespace yuanyue
