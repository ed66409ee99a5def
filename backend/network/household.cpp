#include "backend/network/household.h"

#include <algorithm>
#include <array>
#include <cstdint>

#include <arpa/inet.h>

namespace yuanyue {

std::string household_of(const std::string& address) {
  in6_addr bytes{};
  if (::inet_pton(AF_INET6, address.c_str(), &bytes) != 1) return address;
  std::array<char, INET6_ADDRSTRLEN> text{};
  constexpr auto size = static_cast<socklen_t>(text.size());
  if (IN6_IS_ADDR_V4MAPPED(&bytes)) {
    return ::inet_ntop(AF_INET, bytes.s6_addr + 12, text.data(), size);
  }
  std::fill(bytes.s6_addr + 8, bytes.s6_addr + 16, std::uint8_t{0});
  return std::string(::inet_ntop(AF_INET6, &bytes, text.data(), size)) + "/64";
}

}  // namespace yuanyue
