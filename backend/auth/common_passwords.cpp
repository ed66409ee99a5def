#include "backend/auth/common_passwords.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <string>

#include <sodium.h>

#include "assets/embedded.h"

namespace yuanyue {

namespace {

constexpr std::size_t hash_bytes = 4;
constexpr std::size_t least_core = 4;
constexpr std::size_t most_trimmings = 8;  // a date, say

std::string_view hashes() {
  static const std::string_view bytes = embedded_asset("passwords/common.bin");
  return bytes;
}

bool is_listed(std::string_view password) {
  std::array<unsigned char, crypto_hash_sha256_BYTES> full{};
  crypto_hash_sha256(full.data(), reinterpret_cast<const unsigned char*>(password.data()),
                     password.size());
  const std::string_view wanted(reinterpret_cast<const char*>(full.data()), hash_bytes);
  std::size_t low = 0;
  std::size_t high = common_password_count();
  while (low < high) {
    const std::size_t middle = low + (high - low) / 2;
    const std::string_view at = hashes().substr(middle * hash_bytes, hash_bytes);
    if (at == wanted) return true;
    (at < wanted ? low : high) = at < wanted ? middle + 1 : middle;
  }
  return false;
}

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || static_cast<unsigned char>(c) >= 0x80; }

enum class Trim : std::uint8_t { none, start, end, both };

// Without what is no letter at these ends; all of it when that would be too much.
std::string_view trimmed_to_letters(std::string_view password, Trim trim) {
  std::string_view core = password;
  if (trim == Trim::start || trim == Trim::both) {
    while (!core.empty() && !is_letter(core.front())) core.remove_prefix(1);
  }
  if (trim == Trim::end || trim == Trim::both) {
    while (!core.empty() && !is_letter(core.back())) core.remove_suffix(1);
  }
  const bool is_too_much = password.size() - core.size() > most_trimmings;
  return core.size() < least_core || is_too_much ? password : core;
}

// p@ssw0rd → password; `one` is what a 1 stands for.
std::string with_letters(std::string_view password, char one) {
  constexpr std::string_view signs = "@403$578";
  constexpr std::string_view letters = "aaoesstb";
  std::string result(password);
  for (char& c : result) {
    if (c == '1' || c == '!') c = one;
    if (const auto at = signs.find(c); at != std::string_view::npos) c = letters[at];
  }
  return result;
}

bool is_one_piece_repeated(std::string_view password) {
  for (std::size_t piece = 1; piece * 2 <= password.size(); ++piece) {
    if (password.size() % piece == 0 &&
        password.substr(piece) == password.substr(0, password.size() - piece)) {
      return true;
    }
  }
  return false;
}

bool is_run(std::string_view password) {
  if (password.size() < 2) return false;
  const int step = password[1] - password[0];
  if (step != 1 && step != -1) return false;
  for (std::size_t i = 1; i < password.size(); ++i) {
    const int wanted = password[i - 1] + step;
    const int wrapped = wanted == '9' + 1 ? '0' : wanted == '0' - 1 ? '9' : wanted;
    if (password[i] != wanted && password[i] != wrapped) return false;
  }
  return true;
}

}  // namespace

std::size_t common_password_count() { return hashes().size() / hash_bytes; }

bool is_common_password(std::string_view password) {
  if (is_run(password)) return true;
  return std::ranges::any_of(
      std::array{Trim::none, Trim::start, Trim::end, Trim::both}, [&](Trim trim) {
        const std::string_view core = trimmed_to_letters(password, trim);
        return is_listed(core) || is_one_piece_repeated(core) ||
               is_listed(with_letters(core, 'i')) || is_listed(with_letters(core, 'l'));
      });
}

}  // namespace yuanyue
