// What a new password must be, and first passwords.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace yuanyue {

inline constexpr std::size_t min_password_characters = 10;
inline constexpr std::size_t max_password_bytes = 256;

// nullopt: good. Else one English sentence that says what to change. `names_near` is what somebody
// who knows the park would guess: Directory::names_near.
std::optional<std::string> password_problem(std::string_view password, std::string_view user_name,
                                            const std::vector<std::string>& names_near);

// 16 characters that people can copy without mistaking one for another, 80 bits.
std::string random_password();

}  // namespace yuanyue
