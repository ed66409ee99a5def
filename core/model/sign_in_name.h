// What a sign-in name is made of; whose it may be is decided with the command
// (core/commands/administration.cpp).
#pragma once

#include <string_view>

namespace yuanyue {

// min_sign_in_name_bytes to max_sign_in_name_bytes of a-z 0-9 . _ -
bool is_sign_in_name(std::string_view name);

}  // namespace yuanyue
