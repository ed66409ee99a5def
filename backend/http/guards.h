// What a request must be before its route sees it: where it comes from, what it carries.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "backend/http/public_url.h"
#include "backend/http/route.h"

namespace yuanyue {

// nullopt: fine. Refuses requests that a page of another site has set off (Origin, Sec-Fetch-Site).
// Without a public address the Host header stands for it.
std::optional<Reply> check_origin(const httplib::Request& request,
                                  const std::optional<PublicUrl>& public_url = std::nullopt);
// nullopt: the request is for this server, or for its health, which anybody may ask under any name.
// With a public address another Host is answered 421: a name that somebody points here must not be
// taken for the park's (DNS rebinding, poisoned caches).
std::optional<Reply> check_host(const httplib::Request& request,
                                const std::optional<PublicUrl>& public_url);
// Bodies are application/json, at most `max_bytes`; a route without a body takes none.
std::optional<Reply> check_body(const httplib::Request& request, std::size_t max_bytes);
// The header X-Yuanyue-CSRF is the session's token.
std::optional<Reply> check_csrf(const httplib::Request& request, const Session& session);

// The value of a cookie; empty when there is none.
std::string cookie_value(const httplib::Request& request, std::string_view name);

}  // namespace yuanyue
