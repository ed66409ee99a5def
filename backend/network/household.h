// By whom an address is shared.
#pragma once

#include <string>

namespace yuanyue {

// An address of version 4 as it is, also when it is written as one of version 6; of version 6 its
// first 64 bits ("2001:db8:1:2::/64"), which one household or office has as a whole; anything else
// as it is.
std::string household_of(const std::string& address);

}  // namespace yuanyue
