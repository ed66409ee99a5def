// Content coding of answers that are made on the fly.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace yuanyue {

enum class ContentCoding : std::uint8_t { identity, gzip, brotli };
std::string_view name_of(ContentCoding coding);  // "br"

// Those that an Accept-Encoding header takes, by its quality values, among equals the smaller one
// first; a quality of 0 excludes. Identity comes last unless it is named, and is missing only when
// it is excluded. Never empty: who takes nothing is given identity.
std::vector<ContentCoding> accepted_codings(std::string_view accept_encoding);

// Quick settings, meant for bodies made per request. nullopt when it fails or for identity.
std::optional<std::string> compress(std::string_view body, ContentCoding coding);

inline constexpr std::size_t min_compressed_bytes = 1'024;

}  // namespace yuanyue
