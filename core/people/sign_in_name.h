// What a sign-in name is made of; whose it may be is decided with the command
// (core/people/save_user.cpp).
#pragma once

#include <cstddef>
#include <string_view>

namespace yuanyue {

inline constexpr std::size_t min_sign_in_name_bytes = 3;
inline constexpr std::size_t max_sign_in_name_bytes = 32;

// min_sign_in_name_bytes to max_sign_in_name_bytes of a-z 0-9 . _ -
bool is_sign_in_name(std::string_view name);

}  // namespace yuanyue
