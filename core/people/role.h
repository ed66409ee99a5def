// The roles that an account can have. A new one is an enumerator and a line of `roles` with every
// answer. Source: docs/rules.md "Permissions".
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

#include "core/kernel/command.h"

namespace yuanyue {

struct User;

enum class Role : std::uint8_t {
  member,
  administrator,
  how_many,  // no role
};

enum class Belonging : std::uint8_t { to_an_enterprise, to_the_park };

struct RoleType {
  Required<struct what_is_its_name, std::string_view> name;  // on the wire
  Required<struct whose_are_its_accounts, Belonging> belonging;
  // The permissions that say so; in the scope of the account's enterprise, if it has one.
  Required<struct what_may_it_do, Holder> holds;
  // Besides what everyone sees, and the own account.
  Required<struct what_does_it_see, Audience (*)(const User&)> sees;
};

Audience own_enterprise(const User& user);
Audience whole_park(const User& user);

// In the order of the enumerators.
inline constexpr std::array<RoleType, static_cast<std::size_t>(Role::how_many)> roles{{
    {.name = "member",
     .belonging = Belonging::to_an_enterprise,
     .holds = Holder::member,
     .sees = own_enterprise},
    {.name = "administrator",
     .belonging = Belonging::to_the_park,
     .holds = Holder::administrator,
     .sees = whole_park},
}};
std::optional<Role> role_named(std::string_view name);
constexpr const RoleType& type_of(Role role) { return roles[static_cast<std::size_t>(role)]; }

}  // namespace yuanyue
