// The operation privacy_erase.
#include "backend/admin/operation_parts.h"
#include "backend/admin/personal_details.h"
#include "core/people/erase.h"

namespace yuanyue {

using nlohmann::json;

AdminResult erase_details_of(ParkProcess& process, const json& input) {
  const auto owner = parse_owner(text_of(input, "owner"));
  if (!owner) return std::unexpected("The owner is malformed.");
  std::expected<DetailsOwner, std::string> found;
  const auto looked =
      look_at(process, [&](const State& state) { found = find_owner(state, to_string(*owner)); });
  if (!looked) return std::unexpected(looked.error());
  if (!found) return std::unexpected(found.error());
  ConsoleTask task;
  if (owner->kind == &enterprise_owner)
    task.commands.emplace_back(EraseEnterprise{EnterpriseId(owner->id)});
  else
    task.commands.emplace_back(EraseUser{UserId(owner->id)});
  if (auto done = run_console(process.engine(), std::move(task)); !done) {
    return std::unexpected(done.error());
  }
  for (const User& account : found->accounts) process.guard().forgive(to_string(account.id));
  const auto swept = process.store().sweep();
  return json{{"owner", to_string(*owner)},
              {"swept", swept.has_value()},
              {"message", swept ? "" : swept.error().message}};
}

}  // namespace yuanyue
