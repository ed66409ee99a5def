#include "backend/store/ledger_notes.h"

#include <algorithm>
#include <array>

#include <sodium.h>

namespace yuanyue {
namespace {

constexpr std::size_t salt_bytes = 32;

template <std::size_t size>
std::string hex_of(const std::array<unsigned char, size>& bytes) {
  std::array<char, size * 2 + 1> hex{};
  sodium_bin2hex(hex.data(), hex.size(), bytes.data(), bytes.size());
  return hex.data();
}

}  // namespace

// Within a text the quotes of such a member would be escaped, and no member before it is called so.
std::string_view note_in(std::string_view entry) {
  constexpr std::string_view member = "\"note\":\"";
  const std::size_t at = entry.find(member);
  if (at == std::string_view::npos) return {};
  const std::size_t begin = at + member.size();
  std::size_t end = begin;
  while (end < entry.size() && entry[end] != '"') end += entry[end] == '\\' ? 2 : 1;
  return entry.substr(begin, std::min(end, entry.size()) - begin);
}

std::string with_note(std::string_view entry, std::string_view note) {
  const std::string_view present = note_in(entry);
  if (present.empty()) return std::string(entry);
  const auto begin = static_cast<std::size_t>(present.data() - entry.data());
  std::string text;
  text.reserve(entry.size() - present.size() + note.size());
  text += entry.substr(0, begin);
  text += note;
  text += entry.substr(begin + present.size());
  return text;
}

std::string new_salt() {
  std::array<unsigned char, salt_bytes> salt{};
  randombytes_buf(salt.data(), salt.size());
  return hex_of(salt);
}

std::string note_commitment(std::string_view note, std::string_view salt) {
  crypto_auth_hmacsha256_state state;
  crypto_auth_hmacsha256_init(&state, reinterpret_cast<const unsigned char*>(salt.data()),
                              salt.size());
  crypto_auth_hmacsha256_update(&state, reinterpret_cast<const unsigned char*>(note.data()),
                                note.size());
  std::array<unsigned char, crypto_auth_hmacsha256_BYTES> code{};
  crypto_auth_hmacsha256_final(&state, code.data());
  return hex_of(code);
}

}  // namespace yuanyue
