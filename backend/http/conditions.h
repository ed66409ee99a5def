// Dates and conditions of HTTP (RFC 9110).
#pragma once

#include <chrono>
#include <string>
#include <string_view>

namespace yuanyue {

// "Sun, 06 Nov 1994 08:49:37 GMT".
std::string http_date(std::chrono::system_clock::time_point at);

// Whether an If-None-Match header, "*" or a list of tags, names this one: weak comparison, as the
// RFC asks, so W/"a" and "a" are the same.
bool names_tag(std::string_view if_none_match, std::string_view tag);

}  // namespace yuanyue
