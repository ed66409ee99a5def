#include "tests/core/people/rights_oracle.h"

#include <algorithm>
#include <array>
#include <span>

#include "core/kernel/require.h"

namespace yuanyue::worlds {
namespace {

using Json = nlohmann::json;

// "An enterprise sees its own rows and the public counters, an administrator everything." An
// account is its user's.
enum class Whose : std::uint8_t { everybodys, enterprises, users };
struct RowRule {
  std::string_view type;
  Whose whose;
  const char* owner = nullptr;  // the field that says it
};
constexpr RowRule row_rules[] = {
    {"block", Whose::everybodys},
    {"block_override", Whose::everybodys},
    {"booking", Whose::enterprises, "enterprise"},
    {"calendar_year", Whose::everybodys},
    {"department", Whose::everybodys},
    {"enterprise", Whose::enterprises, "id"},
    {"hall", Whose::everybodys},
    {"notification", Whose::enterprises, "enterprise"},
    {"offer", Whose::enterprises, "enterprise"},
    {"park", Whose::everybodys},
    {"service", Whose::everybodys},
    {"user", Whose::users, "id"},
    {"waiting_place", Whose::enterprises, "enterprise"},
    {"waitlist_entry", Whose::enterprises, "enterprise"},
};

// "Another enterprise's row does not exist for a member." "Accounts are made at the console." "Only
// the console erases."
enum class Who : std::uint8_t {
  members,
  administrators,
  makers_of_accounts,
  the_console,
  the_system
};
// A field that names a row, or rows, which must be the sender's own.
struct Named {
  const char* field = nullptr;
  std::string_view type;
  bool may_have_gone = false;  // to the archive: no fault of the sender
};
struct CommandRule {
  std::string_view type;
  Who who;
  Named named;
};
constexpr CommandRule command_rules[] = {
    {"accept_offer", Who::members, {"offer", "offer"}},
    {"book_appointment", Who::members, {}},
    {"cancel_booking", Who::members, {"booking", "booking"}},
    {"change_waitlist_entry", Who::members, {"entry", "waitlist_entry"}},
    {"decline_offer", Who::members, {"offer", "offer"}},
    {"erase_enterprise", Who::the_console, {}},
    {"erase_user", Who::the_console, {}},
    {"import_calendar_year", Who::administrators, {}},
    {"join_waitlist", Who::members, {"swap_booking", "booking"}},
    {"leave_waitlist", Who::members, {"entry", "waitlist_entry"}},
    {"mark_notifications_read", Who::members, {"notifications", "notification", true}},
    {"override_block", Who::administrators, {}},
    {"remove_block_override", Who::administrators, {}},
    {"reschedule_booking", Who::members, {"booking", "booking"}},
    {"run_due", Who::the_system, {}},
    {"save_catalog", Who::administrators, {}},
    {"save_enterprise", Who::administrators, {}},
    {"save_user", Who::makers_of_accounts, {}},
    {"undo_reschedule", Who::members, {"booking", "booking"}},
};

template <class Rule>
const Rule* rule_of(std::span<const Rule> rules, std::string_view type) {
  const auto rule = std::ranges::find(rules, type, &Rule::type);
  return rule == rules.end() ? nullptr : &*rule;
}

Json read(const std::string& text) { return Json::parse(text, nullptr, false); }
std::string field(const Json& json, const char* name) { return json.value(name, std::string()); }

const CommandRule& rule_of(const Json& command) {
  const CommandRule* rule = rule_of<CommandRule>(command_rules, field(command, "type"));
  require(rule != nullptr);
  return *rule;
}
Verdict when(bool holds) { return holds ? Verdict::permitted : Verdict::refused; }

}  // namespace

bool knows_row(std::string_view type) { return rule_of<RowRule>(row_rules, type) != nullptr; }
bool knows_command(std::string_view type) {
  return rule_of<CommandRule>(command_rules, type) != nullptr;
}
bool names_own_rows(std::string_view command) {
  const CommandRule* rule = rule_of<CommandRule>(command_rules, command);
  return rule != nullptr && rule->named.field != nullptr;
}

std::string_view to_string(Verdict verdict) {
  constexpr std::array<std::string_view, 3> names = {"permitted", "not_found", "refused"};
  return names[static_cast<std::size_t>(verdict)];
}

std::string owner_name(const std::string& row) {
  const Json json = read(row);
  const RowRule* rule = rule_of<RowRule>(row_rules, field(json, "type"));
  require(rule != nullptr);
  if (rule->whose == Whose::everybodys) return {};
  const std::string owner = field(json, rule->owner);
  if (owner.empty()) return {};
  return (rule->whose == Whose::users ? "user:" : "enterprise:") + owner;
}

RightsOracle::RightsOracle(const std::vector<std::string>& rows) {
  for (const std::string& row : rows) rows_.push_back(read(row));
}

const Json* RightsOracle::find(std::string_view type, const std::string& id) const {
  for (const Json& row : rows_) {
    if (field(row, "type") == type && field(row, "id") == id) return &row;
  }
  return nullptr;
}

// "A disabled user may and sees nothing."
const Json* RightsOracle::account(const std::string& user) const {
  const Json* found = find("user", user);
  return found != nullptr && !found->value("disabled", true) ? found : nullptr;
}

bool RightsOracle::sees_row(const std::string& user, const std::string& row) const {
  const Json* reader = account(user);
  if (reader == nullptr) return false;
  if (field(*reader, "role") == "administrator") return true;
  const Json read_row = read(row);
  const RowRule* rule = rule_of<RowRule>(row_rules, field(read_row, "type"));
  require(rule != nullptr);
  switch (rule->whose) {
    case Whose::everybodys:
      return true;
    case Whose::users:
      return field(read_row, rule->owner) == user;
    case Whose::enterprises:
      return field(read_row, rule->owner) == field(*reader, "enterprise");
  }
  return false;
}

bool RightsOracle::sees_ledger_entry(const std::string& user, const std::string& entry) const {
  const Json* reader = account(user);
  if (reader == nullptr) return false;
  if (field(*reader, "role") == "administrator") return true;
  const std::string whose = field(read(entry), "enterprise");
  return !whose.empty() && whose == field(*reader, "enterprise");
}

bool RightsOracle::is_own(const Json& account, std::string_view type, const Json& id,
                          bool may_have_gone) const {
  const Json* row = find(type, id.get<std::string>());
  if (row == nullptr) return may_have_gone;
  return field(*row, "enterprise") == field(account, "enterprise");
}

Verdict RightsOracle::of_user(const std::string& user, const std::string& command) const {
  const Json* sender = account(user);
  if (sender == nullptr) return Verdict::refused;
  const Json json = read(command);
  const CommandRule& rule = rule_of(json);
  const bool is_administrator = field(*sender, "role") == "administrator";
  switch (rule.who) {
    case Who::the_console:
    case Who::the_system:
      return Verdict::refused;
    case Who::administrators:
      return when(is_administrator);
    case Who::makers_of_accounts:
      return when(is_administrator && find("user", field(json["user"], "id")) != nullptr);
    case Who::members:
      break;
  }
  if (is_administrator || field(*sender, "enterprise").empty()) return Verdict::refused;
  if (rule.named.field == nullptr || !json.contains(rule.named.field)) return Verdict::permitted;
  const Json& named = json[rule.named.field];
  const auto is_senders = [&](const Json& id) {
    return is_own(*sender, rule.named.type, id, rule.named.may_have_gone);
  };
  const bool all_own =
      named.is_array() ? std::ranges::all_of(named, is_senders) : is_senders(named);
  return all_own ? Verdict::permitted : Verdict::not_found;
}

Verdict RightsOracle::of_system(const std::string& command) {
  return when(rule_of(read(command)).who == Who::the_system);
}

Verdict RightsOracle::of_console(const std::string& command) {
  const Who who = rule_of(read(command)).who;
  return when(who == Who::administrators || who == Who::makers_of_accounts ||
              who == Who::the_console);
}

}  // namespace yuanyue::worlds
