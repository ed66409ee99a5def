// 统一社会信用代码: the number by which an enterprise is known everywhere.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace yuanyue {

enum class CreditCodeCheck : std::uint8_t { ok, malformed, bad_checksum };
// GB 32100-2015: 18 of 0-9 A-Z without I, O, S, V, Z; the last is a weighted check digit modulo 31.
CreditCodeCheck check_credit_code(std::string_view code);

// The credit code that a sign-in name has the form of, in upper case; nullopt: of none. Who signs
// in by a code means the enterprise, so such a name is for that enterprise's own users.
std::optional<std::string> credit_code_in_name(std::string_view name);
// The name of the account that an enterprise gets: its credit code in lower case.
std::string account_name_of(std::string_view credit_code);

}  // namespace yuanyue
