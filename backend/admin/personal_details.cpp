#include "backend/admin/personal_details.h"

#include <algorithm>
#include <array>
#include <filesystem>

#include "backend/store/sqlite_details.h"
#include "backend/store/sqlite_reader.h"
#include "core/base/visible_text.h"
#include "core/domains/codec.h"
#include "core/kernel/domain.h"
#include "core/people/accounts.h"
#include "core/people/enterprise.h"

namespace yuanyue {
namespace {

using nlohmann::json;

DetailsOwner of_enterprise(const State& state, const Enterprise& row) {
  DetailsOwner found{owner_of(row.id), row.name, {}};
  state.for_each<User>([&](const User& user) {
    if (user.enterprise == row.id) found.accounts.push_back(user);
  });
  std::ranges::sort(found.accounts, {}, &User::id);
  return found;
}

DetailsOwner of_user(const User& row) { return {owner_of(row.id), row.name, {row}}; }

std::optional<DetailsOwner> by_id(const State& state, const Uuid& id) {
  if (const Enterprise* row = state.find(EnterpriseId(id))) return of_enterprise(state, *row);
  if (const User* row = state.find(UserId(id))) return of_user(*row);
  return std::nullopt;
}

// Whose a row or note is, and by which ids others name it.
class Belongings {
 public:
  explicit Belongings(const DetailsOwner& owner) {
    add(owner.owner);
    for (const User& account : owner.accounts) add(owner_of(account.id));
  }
  bool has(const Owner& owner) const { return std::ranges::find(owners_, owner) != owners_.end(); }
  bool names_one(std::string_view text) const {
    return std::ranges::any_of(
        ids_, [&](const std::string& id) { return text.find(id) != std::string_view::npos; });
  }

 private:
  void add(const Owner& owner) {
    if (has(owner)) return;
    owners_.push_back(owner);
    ids_.push_back(to_string(owner.id));
  }
  std::vector<Owner> owners_;
  std::vector<std::string> ids_;
};

json parsed(const std::string& text) { return json::parse(text, nullptr, false); }

void tell_row(const RowRef& row, const Belongings& belongings, json& own, json& named_in) {
  const std::string text = wire::encode(row);
  if (belongings.has(owner_of(row)))
    own.push_back(parsed(text));
  else if (belongings.names_one(text))
    named_in.push_back(parsed(text));
}

void tell_entry(const std::string& text, const Belongings& belongings, json& own, json& named_in) {
  if (!belongings.names_one(text)) return;
  const auto entry = wire::decode_ledger_entry(text);
  const bool is_its = entry && std::ranges::any_of(owners_of(*entry), [&](const Owner& owner) {
                        return belongings.has(owner);
                      });
  json told = parsed(text);
  // A note is its owners' and nobody else's, as the sign-in name of another account.
  if (!is_its && told.is_object()) told["note"] = "";
  (is_its ? own : named_in).push_back(std::move(told));
}

std::string when(std::int64_t ms) { return to_string(Instant{ms}); }

void tell_accounts(const KeptOfAccounts& kept, json& told) {
  const auto list = [&](const char* name, const auto& records, auto tell) {
    told[name] = json::array();
    for (const auto& record : records) told[name].push_back(tell(record));
  };
  list("accounts", kept.accounts, [](const KeptOfAccounts::Account& one) {
    return json{{"user", one.user}, {"must_change_password", one.must_change_password}};
  });
  list("sessions", kept.sessions, [](const KeptOfAccounts::Session& one) {
    return json{
        {"user", one.user}, {"created_at", when(one.created_ms)}, {"seen_at", when(one.seen_ms)}};
  });
  list("sign_ins", kept.sign_ins, [](const KeptOfAccounts::SignIn& one) {
    return json{{"at", when(one.at_ms)},
                {"event", one.event},
                {"user", one.user},
                {"address", one.address}};
  });
  list("clients", kept.clients, [](const KeptOfAccounts::Client& one) {
    return json{{"client", one.client},
                {"user", one.user},
                {"last_sequence", one.last_sequence},
                {"seen_at", when(one.seen_ms)}};
  });
  list("results", kept.results, [](const KeptOfAccounts::Result& one) {
    return json{{"command", one.command},
                {"user", one.user},
                {"at", when(one.at_ms)},
                {"result", parsed(one.json)}};
  });
  list("failures", kept.failures, [](const KeptOfAccounts::Failure& one) {
    return json{{"subject", one.subject},
                {"count", one.count},
                {"last_at", when(one.last_ms)},
                {"locked_until", when(one.locked_until_ms)}};
  });
}

}  // namespace

std::expected<DetailsOwner, std::string> find_owner(const State& state, std::string_view text) {
  const std::string plain = half_width(text);
  const std::string wanted(trimmed(plain));
  if (const auto owner = parse_owner(wanted)) {
    if (auto found = by_id(state, owner->id); found && found->owner == *owner) return *found;
  }
  if (const auto id = parse_uuid(wanted)) {
    if (auto found = by_id(state, *id)) return *std::move(found);
  }
  if (const auto id = enterprise_by_credit_code(state, ascii_upper(wanted))) {
    return of_enterprise(state, state.get(*id));
  }
  if (const auto id = user_by_name(state, ascii_lower(wanted))) return of_user(state.get(*id));
  std::vector<const Enterprise*> called;
  state.for_each<Enterprise>([&](const Enterprise& row) {
    if (row.name == text || row.name == wanted) called.push_back(&row);
  });
  if (called.size() == 1) return of_enterprise(state, *called.front());
  if (called.size() > 1) {
    return std::unexpected("Several enterprises are called " + wanted +
                           "; give the credit code of one.");
  }
  return std::unexpected("There is no enterprise and no user " + wanted + ".");
}

std::expected<json, std::string> details_of(const DataFolder& folder, const State& state,
                                            const DetailsOwner& owner) {
  const Belongings belongings(owner);
  json told = {{"owner", to_string(owner.owner)}, {"name", owner.name}};
  json& rows = told["rows"] = json::array();
  json& archive = told["archive"] = json::array();
  json& ledger = told["ledger"] = json::array();
  json& named_in = told["named_in"] = json::array();
  for_each_row(state, known_domains().rows(),
               [&](const RowRef& row) { tell_row(row, belongings, rows, named_in); });
  try {
    SqliteReader reader(folder.store_path());
    const auto archived = reader.each_archived_row([&](const StoredRow& stored) {
      if (const auto row = wire::decode_row(stored.json))
        tell_row(row->ref(), belongings, archive, named_in);
    });
    if (!archived)
      return std::unexpected("The archive cannot be read: " + archived.error().message);
    const auto entries = reader.each_ledger_entry([&](const StoredLedgerEntry& entry) {
      tell_entry(entry.json, belongings, ledger, named_in);
      return true;
    });
    if (!entries) return std::unexpected("The ledger cannot be read: " + entries.error().message);
  } catch (const SqliteError& error) {
    return std::unexpected("The store cannot be opened: " + std::string(error.what()) + ".");
  }
  std::vector<std::string> users;
  users.reserve(owner.accounts.size());
  for (const User& account : owner.accounts) users.push_back(to_string(account.id));
  const auto kept = read_kept_of(folder.store_path(), users);
  if (!kept) return std::unexpected("The accounts cannot be read: " + kept.error().message + ".");
  tell_accounts(*kept, told);
  return told;
}

std::vector<std::string> kept_copies(const DataFolder& folder) {
  constexpr std::array beginnings{"yuanyue.db.", "replaced-", "first-passwords-"};
  std::vector<std::string> copies;
  std::error_code error;
  for (const auto& file : std::filesystem::directory_iterator(folder.path(), error)) {
    const std::string name = file.path().filename().string();
    if (std::ranges::any_of(beginnings, [&](const char* one) { return name.starts_with(one); })) {
      copies.push_back(std::filesystem::absolute(file.path()).string());
    }
  }
  std::ranges::sort(copies);
  return copies;
}

}  // namespace yuanyue
