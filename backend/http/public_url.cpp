#include "backend/http/public_url.h"

#include <algorithm>

#include "core/base/visible_text.h"

namespace yuanyue {

namespace {

// Without the port that goes without saying.
std::string plain_authority(std::string_view authority, bool is_https) {
  const std::string_view own_port = is_https ? ":443" : ":80";
  if (authority.ends_with(own_port)) authority.remove_suffix(own_port.size());
  return ascii_lower(authority);
}

bool is_port(std::string_view text) {
  return !text.empty() && text.size() <= 5 &&
         std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

// A name, an IPv4 address or an IPv6 address in brackets, and perhaps a port.
bool is_authority(std::string_view text) {
  const auto in_name = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' ||
           c == '-';
  };
  const auto in_brackets = [](char c) {
    return (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F') || (c >= '0' && c <= '9') || c == ':' ||
           c == '.';
  };
  const auto bracket = text.starts_with('[') ? text.find(']') : std::string_view::npos;
  const auto colon = text.find(':', bracket == std::string_view::npos ? 0 : bracket);
  const std::string_view host = text.substr(0, colon);
  if (colon != std::string_view::npos && !is_port(text.substr(colon + 1))) return false;
  if (bracket != std::string_view::npos) {
    return host.ends_with(']') && host.size() > 2 &&
           std::ranges::all_of(host.substr(1, host.size() - 2), in_brackets);
  }
  return !host.empty() && std::ranges::all_of(host, in_name);
}

}  // namespace

std::optional<PublicUrl> parse_public_url(std::string_view text) {
  constexpr std::string_view https = "https://";
  constexpr std::string_view http = "http://";
  PublicUrl url;
  url.is_https = text.starts_with(https);
  if (!url.is_https && !text.starts_with(http)) return std::nullopt;
  text.remove_prefix(url.is_https ? https.size() : http.size());
  if (text.ends_with('/')) text.remove_suffix(1);
  if (!is_authority(text)) return std::nullopt;
  url.authority = plain_authority(text, url.is_https);
  url.origin = std::string(url.is_https ? https : http) + url.authority;
  return url;
}

bool is_host_of(const PublicUrl& url, std::string_view host) {
  return plain_authority(host, url.is_https) == url.authority;
}

}  // namespace yuanyue
