// Strong identifiers. Dynamic rows (bookings, offers, …) carry 128-bit ids that travel in commands;
// catalog rows (parks, halls, services) carry short readable names that administrators edit.
#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <cstring>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace yuanyue {

// A well-spread 64-bit hash of two words: the finaliser of SplitMix64, applied to both in turn.
// Inline, because every look-up of a row begins with it.
inline std::uint64_t mix(std::uint64_t a, std::uint64_t b) {
  std::uint64_t x = a ^ (b * 0x9E3779B97F4A7C15ULL);
  x ^= x >> 30;
  x *= 0xBF58476D1CE4E5B9ULL;
  x ^= x >> 27;
  x *= 0x94D049BB133111EBULL;
  x ^= x >> 31;
  return x + b;
}

// 128 bits, printed as a lower-case UUID. All zero means "none".
struct Uuid {
  std::uint64_t high = 0;
  std::uint64_t low = 0;
  auto operator<=>(const Uuid&) const = default;
  explicit operator bool() const { return high != 0 || low != 0; }
};

std::string to_string(const Uuid& id);
std::optional<Uuid> parse_uuid(std::string_view text);  // exactly the printed form, not all zero
// `random` as a UUID of version 7 (RFC 9562) made at `unix_ms`: ids of one hour lie beside each
// other in every index of the store, so that a commit touches few of its pages.
Uuid time_ordered(const Uuid& random, std::int64_t unix_ms);
// The n-th id that follows from `base` and lies beside it: what a command makes beyond the ids it
// carries (offers, notifications). Pure, so that browser and server arrive at the same ids.
Uuid derive(const Uuid& base, std::uint64_t n);

template <class Tag>
struct Id : Uuid {
  constexpr Id() = default;
  constexpr explicit Id(const Uuid& value) : Uuid(value) {}
};

// 1..23 characters of a-z, 0-9 and '-', not starting with '-'. Empty means "none".
struct SlugText {
  std::array<char, 24> text{};
  std::string_view view() const { return {text.data(), std::strlen(text.data())}; }
  std::array<std::uint64_t, 3> words() const {
    std::array<std::uint64_t, 3> words{};
    std::memcpy(words.data(), text.data(), text.size());
    return words;
  }
  auto operator<=>(const SlugText&) const = default;
  bool operator==(const SlugText& other) const { return words() == other.words(); }
  explicit operator bool() const { return text[0] != 0; }
};
std::optional<SlugText> parse_slug(std::string_view text);

template <class Tag>
struct Slug : SlugText {
  constexpr Slug() = default;
  constexpr explicit Slug(const SlugText& value) : SlugText(value) {}
  // For literals in code and tests; requires a valid slug.
  static Slug of(std::string_view literal) { return Slug(parse_slug(literal).value()); }
};

struct IdHash {
  std::size_t operator()(const Uuid& id) const {
    return static_cast<std::size_t>(mix(id.high, id.low));
  }
  std::size_t operator()(const SlugText& slug) const {
    const auto words = slug.words();
    return static_cast<std::size_t>(mix(mix(words[0], words[1]), words[2]));
  }
};

}  // namespace yuanyue
