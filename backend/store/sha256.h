// SHA-256 in lower-case hex, as sha256sum prints it. Any thread.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>

namespace yuanyue {

std::string sha256_hex(std::string_view bytes);
// Of the pieces one after the other.
std::string sha256_hex_of(std::initializer_list<std::string_view> pieces);

}  // namespace yuanyue
