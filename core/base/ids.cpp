#include "core/base/ids.h"

namespace yuanyue {
namespace {

std::optional<std::uint64_t> hex_value(char c) {
  if (c >= '0' && c <= '9') return static_cast<std::uint64_t>(c - '0');
  if (c >= 'a' && c <= 'f') return static_cast<std::uint64_t>(c - 'a' + 10);
  return std::nullopt;
}

constexpr bool dash_before_digit(int digit) {
  return digit == 8 || digit == 12 || digit == 16 || digit == 20;
}

// RFC 9562: the two highest bits of the second half are 10.
constexpr std::uint64_t variant_bits = 0xC000000000000000ULL;
constexpr std::uint64_t variant = 0x8000000000000000ULL;

}  // namespace

std::string to_string(const Uuid& id) {
  constexpr std::string_view digits = "0123456789abcdef";
  std::string out;
  out.reserve(36);
  for (int i = 0; i < 32; ++i) {
    if (dash_before_digit(i)) out.push_back('-');
    const std::uint64_t word = i < 16 ? id.high : id.low;
    out.push_back(digits[(word >> (60 - 4 * (i % 16))) & 0xF]);
  }
  return out;
}

std::optional<Uuid> parse_uuid(std::string_view text) {
  if (text.size() != 36) return std::nullopt;
  Uuid id;
  std::size_t position = 0;
  for (int i = 0; i < 32; ++i) {
    if (dash_before_digit(i) && text[position++] != '-') return std::nullopt;
    const auto value = hex_value(text[position++]);
    if (!value) return std::nullopt;
    std::uint64_t& word = i < 16 ? id.high : id.low;
    word = (word << 4) | *value;
  }
  if (!id) return std::nullopt;
  return id;
}

Uuid time_ordered(const Uuid& random, std::int64_t unix_ms) {
  const auto time = static_cast<std::uint64_t>(unix_ms) << 16;
  return {time | 0x7000 | (random.high & 0x0FFF), variant | (random.low & ~variant_bits)};
}

Uuid derive(const Uuid& base, std::uint64_t n) {
  const std::uint64_t spread = mix(base.high, n + 1);
  return {(base.high & ~std::uint64_t{0x0FFF}) | (spread & 0x0FFF),
          variant | (mix(base.low ^ spread, ~n) & ~variant_bits)};
}

std::optional<SlugText> parse_slug(std::string_view text) {
  SlugText slug;
  if (text.empty() || text.size() >= slug.text.size() || text.front() == '-') return std::nullopt;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    const bool allowed = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
    if (!allowed) return std::nullopt;
    slug.text[i] = c;
  }
  return slug;
}

}  // namespace yuanyue
