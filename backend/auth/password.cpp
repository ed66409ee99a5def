#include "backend/auth/password.h"

#include <algorithm>
#include <array>

#include <sodium.h>

#include "backend/auth/common_passwords.h"
#include "core/base/visible_text.h"

namespace yuanyue {

namespace {

// What is left of a password when what is a part of a name is taken out must still be something.
constexpr std::size_t least_without_names = 8;
constexpr std::size_t least_ascii_part = 4;    // characters, and bytes
constexpr std::size_t least_chinese_part = 6;  // bytes: two characters

std::size_t characters(std::string_view utf8) {
  return static_cast<std::size_t>(std::ranges::count_if(
      utf8, [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

// How many bytes of `text`, from `at` on, are a part of a name that tells.
std::size_t part_of_a_name(std::string_view text, std::size_t at,
                           const std::vector<std::string>& names) {
  const auto is_within_character = [&](std::size_t i) {
    return i < text.size() && (static_cast<unsigned char>(text[i]) & 0xC0U) == 0x80U;
  };
  if (is_within_character(at)) return 0;
  std::size_t longest = 0;
  for (const std::string& name : names) {
    while (at + longest < text.size() &&
           name.find(text.substr(at, longest + 1)) != std::string::npos) {
      ++longest;
    }
  }
  while (is_within_character(at + longest)) --longest;
  const bool is_ascii = static_cast<unsigned char>(text[at]) < 0x80;
  return longest >= (is_ascii ? least_ascii_part : least_chinese_part) ? longest : 0;
}

// The characters that are no part of any name.
std::size_t characters_beside(std::string_view folded, const std::vector<std::string>& names_near) {
  std::vector<std::string> names;
  names.reserve(names_near.size());
  for (const std::string& name : names_near) names.push_back(ascii_lower(half_width(name)));
  std::string rest;
  for (std::size_t at = 0; at < folded.size();) {
    const std::size_t part = part_of_a_name(folded, at, names);
    if (part == 0) rest += folded[at];
    at += std::max<std::size_t>(part, 1);
  }
  return characters(rest);
}

}  // namespace

std::optional<std::string> password_problem(std::string_view password, std::string_view user_name,
                                            const std::vector<std::string>& names_near) {
  if (characters(password) < min_password_characters) {
    return "The password needs at least 10 characters.";
  }
  if (password.size() > max_password_bytes) return "The password must not exceed 256 bytes.";
  const std::string folded = ascii_lower(half_width(password));
  if (is_common_password(folded)) return "This password is one of the most common ones.";
  if (user_name.size() >= 3 && folded.find(ascii_lower(user_name)) != std::string::npos) {
    return "The password must not contain the user name.";
  }
  if (characters_beside(folded, names_near) < least_without_names) {
    return "The password must not be made of the names of park, hall, enterprise or user.";
  }
  return std::nullopt;
}

std::string random_password() {
  // Without 0/O, 1/l/I; groups of four for reading aloud.
  constexpr std::string_view alphabet = "23456789abcdefghijkmnpqrstuvwxyz";
  std::string password;
  for (int i = 0; i < 16; ++i) {
    if (i > 0 && i % 4 == 0) password += '-';
    password += alphabet[randombytes_uniform(static_cast<std::uint32_t>(alphabet.size()))];
  }
  return password;
}

}  // namespace yuanyue
