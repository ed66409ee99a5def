#include "backend/http/client_address.h"

#include <algorithm>

#include <arpa/inet.h>

namespace yuanyue {

namespace {

bool is_address(const std::string& text) {
  in6_addr parsed{};
  return ::inet_pton(AF_INET, text.c_str(), &parsed) == 1 ||
         ::inet_pton(AF_INET6, text.c_str(), &parsed) == 1;
}

// "[2001:db8::1]:443" and "192.0.2.1:443" as some proxies write them.
std::string without_port(const std::string& text) {
  if (text.starts_with('[')) return text.substr(1, text.find(']') - 1);
  if (std::ranges::count(text, ':') == 1) return text.substr(0, text.find(':'));
  return text;
}

}  // namespace

std::string client_address(const httplib::Request& request, bool trusted_proxy) {
  const std::size_t lines = request.get_header_value_count("X-Forwarded-For");
  if (!trusted_proxy || lines == 0) return request.remote_addr;
  // Some proxies write into the line that is there, others add one of their own behind it.
  const std::string list = request.get_header_value("X-Forwarded-For", "", lines - 1);
  const auto comma = list.rfind(',');
  std::string last = comma == std::string::npos ? list : list.substr(comma + 1);
  std::erase(last, ' ');
  std::string address = without_port(last);
  return is_address(address) ? address : request.remote_addr;
}

}  // namespace yuanyue
