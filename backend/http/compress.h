// Content coding of answers that are made on the fly.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace yuanyue {

enum class ContentCoding : std::uint8_t { identity, gzip, brotli };
std::string_view name_of(ContentCoding coding);  // "br"

// The best of br, gzip, identity that an Accept-Encoding header takes ("q=0" excludes).
ContentCoding accepted_coding(std::string_view accept_encoding);
bool accepts(std::string_view accept_encoding, ContentCoding coding);

// Quick settings, meant for bodies made per request. nullopt when it fails or would not be smaller.
std::optional<std::string> compress(std::string_view body, ContentCoding coding);

inline constexpr std::size_t min_compressed_bytes = 1'024;

}  // namespace yuanyue
