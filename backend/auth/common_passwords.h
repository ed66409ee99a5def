// The passwords that everybody tries first: some 49,000 common ones, and what people make of them
// to please a rule. assets/passwords/common.bin holds their hashes;
// scripts/lib/make_common_passwords.mjs writes it.
#pragma once

#include <cstddef>
#include <string_view>

namespace yuanyue {

// `password` in lower case. Common itself, or once letters stand for the signs that look like them,
// or without the digits and signs (at most 8) around it; one piece again and again; or a run such
// as 0123456789.
bool is_common_password(std::string_view password);

std::size_t common_password_count();

}  // namespace yuanyue
