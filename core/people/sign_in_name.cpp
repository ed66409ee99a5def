#include "core/people/sign_in_name.h"

#include <algorithm>

namespace yuanyue {

bool is_sign_in_name(std::string_view name) {
  const auto allowed = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '_' || c == '-';
  };
  return name.size() >= min_sign_in_name_bytes && name.size() <= max_sign_in_name_bytes &&
         std::ranges::all_of(name, allowed);
}

}  // namespace yuanyue
