// Who sees and who may do what, once more: written from docs/rules.md "Permissions" and the texts
// of rows and commands, not from core/people/grants or any row's own answer.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <nlohmann/json.hpp>

namespace yuanyue::worlds {

// Of a type that the oracle has no line for it says nothing.
bool knows_row(std::string_view type);
bool knows_command(std::string_view type);
bool names_own_rows(std::string_view command);  // and is answered not_found with others'

enum class Verdict : std::uint8_t { permitted, not_found, refused };
std::string_view to_string(Verdict verdict);

// The rows of a park as JSON, and what follows from them. Requires types that it knows.
// Whose details a row (JSON) holds: "enterprise:<uuid>", "user:<uuid>"; empty: nobody's.
std::string owner_name(const std::string& row);

class RightsOracle {
 public:
  explicit RightsOracle(const std::vector<std::string>& rows);

  // A user's id; rows as JSON.
  bool sees_row(const std::string& user, const std::string& row) const;
  bool sees_ledger_entry(const std::string& user, const std::string& entry) const;

  Verdict of_user(const std::string& user, const std::string& command) const;
  static Verdict of_system(const std::string& command);
  static Verdict of_console(const std::string& command);

 private:
  using Json = nlohmann::json;
  // Null: there is none.
  const Json* find(std::string_view type, const std::string& id) const;
  // An account that may do or see anything at all.
  const Json* account(const std::string& user) const;
  bool is_own(const Json& account, std::string_view type, const Json& id, bool may_have_gone) const;

  std::vector<Json> rows_;
};

}  // namespace yuanyue::worlds
