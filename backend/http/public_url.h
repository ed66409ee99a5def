// The address under which browsers reach this server: https://park.example, with a port if it is
// not the scheme's own.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace yuanyue {

struct PublicUrl {
  std::string origin;     // "https://park.example:8443", lower case, without the scheme's own port
  std::string authority;  // "park.example:8443"
  bool is_https = false;
};

// nullopt: no such address, or one with a path, a user or a query.
std::optional<PublicUrl> parse_public_url(std::string_view text);

// Does a Host header name this address? Case and the scheme's own port do not matter.
bool is_host_of(const PublicUrl& url, std::string_view host);

}  // namespace yuanyue
