// Enterprises and user accounts. Passwords are no business of core; the backend keeps them apart.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/base/ids.h"
#include "core/base/time.h"

namespace yuanyue {

struct Enterprise {
  EnterpriseId id;
  std::string name;
  std::string credit_code;   // 统一社会信用代码, 18 characters (GB 32100-2015)
  bool key_project = false;  // 重点招商项目
  bool high_tech = false;    // 高新技术企业
  std::string contact;       // name and telephone, for the park's staff
  bool operator==(const Enterprise&) const = default;
};

enum class Role : std::uint8_t { member, administrator };

struct User {
  // What every command reads comes first, so that it comes with one line of memory.
  UserId id;
  EnterpriseId enterprise;  // members only
  Role role = Role::member;
  bool disabled = false;
  std::string name;  // sign-in name, unique, 3..32 of a-z 0-9 . _ -
  std::string display_name;
  bool operator==(const User&) const = default;
};

enum class CreditCodeCheck : std::uint8_t { ok, malformed, bad_checksum };
// GB 32100-2015: 18 of 0-9 A-Z without I, O, S, V, Z; the last is a weighted check digit modulo 31.
CreditCodeCheck check_credit_code(std::string_view code);

// The credit code that a sign-in name has the form of, in upper case; nullopt: of none. Who signs
// in by a code means the enterprise, so such a name is for that enterprise's own users.
std::optional<std::string> credit_code_in_name(std::string_view name);
// The name of the account that an enterprise gets: its credit code in lower case.
std::string account_name_of(std::string_view credit_code);

}  // namespace yuanyue
