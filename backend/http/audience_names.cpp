#include "backend/http/audience_names.h"

#include <algorithm>

#include "core/domains/codec.h"
#include "core/people/grants.h"
#include "core/people/user.h"

namespace yuanyue {

std::vector<std::string> audience_names(std::string_view user_row) {
  std::vector<std::string> names;
  const auto row = wire::decode_row(user_row);
  if (!row || !row->is<User>()) return names;
  for (const Audience& audience : audiences_for(row->as<User>())) {
    names.push_back(to_string(audience));
  }
  return names;
}

bool entry_is_seen(std::string_view entry, const std::vector<std::string>& audiences) {
  const auto read = wire::decode_ledger_entry(entry);
  if (!read) return false;
  const Audiences seen_by = audiences_of(*read);
  return std::ranges::any_of(seen_by, [&](const Audience& audience) {
    return std::ranges::find(audiences, to_string(audience)) != audiences.end();
  });
}

}  // namespace yuanyue
