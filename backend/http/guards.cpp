#include "backend/http/guards.h"

#include <sodium.h>

#include "core/base/visible_text.h"

namespace yuanyue {

namespace {

std::string_view authority_of(std::string_view origin) {
  const auto scheme = origin.find("://");
  return scheme == std::string_view::npos ? std::string_view() : origin.substr(scheme + 3);
}

bool is_json(std::string_view content_type) {
  std::string type(content_type.substr(0, content_type.find(';')));
  while (!type.empty() && type.back() == ' ') type.pop_back();
  return ascii_lower(type) == "application/json";
}

}  // namespace

std::optional<Reply> check_origin(const httplib::Request& request,
                                  const std::optional<PublicUrl>& public_url) {
  const auto refused = [] {
    return error_reply(wire::ErrorCode::csrf, "This request comes from another site.");
  };
  if (request.has_header("Sec-Fetch-Site")) {
    const std::string site = request.get_header_value("Sec-Fetch-Site");
    if (site != "same-origin" && site != "none") return refused();
  }
  if (request.has_header("Origin")) {
    const std::string origin = request.get_header_value("Origin");
    const std::string host = request.get_header_value("Host");
    const bool is_own =
        public_url ? origin == public_url->origin : !host.empty() && authority_of(origin) == host;
    if (!is_own) return refused();
  }
  return std::nullopt;
}

std::optional<Reply> check_host(const httplib::Request& request,
                                const std::optional<PublicUrl>& public_url) {
  constexpr int misdirected_request = 421;
  if (!public_url || request.path == "/healthz" || request.path == "/readyz") return std::nullopt;
  if (is_host_of(*public_url, request.get_header_value("Host"))) return std::nullopt;
  Reply reply = error_reply(wire::ErrorCode::forbidden, "This server has another name.");
  reply.status = misdirected_request;
  return reply;
}

std::optional<Reply> check_body(const httplib::Request& request, std::size_t max_bytes) {
  if (max_bytes == 0) {
    if (request.body.empty()) return std::nullopt;
    return error_reply(wire::ErrorCode::malformed, "This route takes no body.");
  }
  if (request.body.size() > max_bytes) {
    return error_reply(wire::ErrorCode::too_large,
                       "The body exceeds " + std::to_string(max_bytes) + " bytes.");
  }
  if (!is_json(request.get_header_value("Content-Type"))) {
    return error_reply(wire::ErrorCode::unsupported_media_type,
                       "The body must be application/json.");
  }
  return std::nullopt;
}

std::optional<Reply> check_csrf(const httplib::Request& request, const Session& session) {
  const std::string given = request.get_header_value("X-Yuanyue-CSRF");
  const std::string& expected = session.csrf_token;
  if (given.size() == expected.size() &&
      sodium_memcmp(given.data(), expected.data(), expected.size()) == 0) {
    return std::nullopt;
  }
  return error_reply(wire::ErrorCode::csrf,
                     "The header X-Yuanyue-CSRF is missing or not this session's.");
}

std::string cookie_value(const httplib::Request& request, std::string_view name) {
  const std::string header = request.get_header_value("Cookie");
  std::string_view rest = header;
  while (!rest.empty()) {
    const auto semicolon = rest.find(';');
    std::string_view pair = rest.substr(0, semicolon);
    rest = semicolon == std::string_view::npos ? std::string_view() : rest.substr(semicolon + 1);
    while (!pair.empty() && pair.front() == ' ') pair.remove_prefix(1);
    if (pair.size() > name.size() && pair.starts_with(name) && pair[name.size()] == '=') {
      return std::string(pair.substr(name.size() + 1));
    }
  }
  return {};
}

}  // namespace yuanyue
