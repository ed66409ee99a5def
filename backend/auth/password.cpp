#include "backend/auth/password.h"

#include <algorithm>
#include <array>
#include <stdexcept>

#include <sodium.h>

namespace yuanyue {

namespace {

constexpr std::array<std::string_view, 24> common_passwords = {
    "1234567890",  "12345678910",  "0123456789",    "9876543210",  "1111111111",  "0000000000",
    "qwertyuiop",  "1qaz2wsx3edc", "1q2w3e4r5t",    "password12",  "password123", "password1234",
    "passw0rd123", "admin12345",   "administrator", "letmein1234", "iloveyou123", "welcome123",
    "woaini1314",  "woaini520520", "a123456789",    "abc1234567",  "qq123456789", "yuanyue123"};

std::string lower(std::string_view text) {
  std::string result(text);
  for (char& c : result) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return result;
}

std::size_t characters(std::string_view utf8) {
  return static_cast<std::size_t>(std::ranges::count_if(
      utf8, [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

std::string hash_string(std::string_view password) {
  std::array<char, crypto_pwhash_STRBYTES> out{};
  if (crypto_pwhash_str_alg(out.data(), password.data(), password.size(), PasswordHasher::passes,
                            PasswordHasher::memory_bytes, crypto_pwhash_ALG_ARGON2ID13) != 0) {
    throw std::runtime_error("there is no memory to hash a password");
  }
  return out.data();
}

}  // namespace

std::optional<std::string> password_problem(std::string_view password, std::string_view user_name) {
  if (characters(password) < min_password_characters) {
    return "The password needs at least 10 characters.";
  }
  if (password.size() > max_password_bytes) return "The password must not exceed 256 bytes.";
  const std::string folded = lower(password);
  if (std::ranges::find(common_passwords, folded) != common_passwords.end()) {
    return "This password is one of the most common ones.";
  }
  if (std::ranges::all_of(folded, [&](char c) { return c == folded.front(); })) {
    return "The password must not be one character repeated.";
  }
  if (user_name.size() >= 3 && folded.find(lower(user_name)) != std::string::npos) {
    return "The password must not contain the user name.";
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

PasswordHasher::PasswordHasher(std::size_t parallel, std::size_t waiting)
    : parallel_(parallel), max_waiting_(waiting), nobodys_hash_(hash_string(random_password())) {}

bool PasswordHasher::enter() {
  std::unique_lock lock(mutex_);
  if (running_ >= parallel_) {
    if (waiting_ >= max_waiting_) return false;
    ++waiting_;
    free_.wait(lock, [&] { return running_ < parallel_; });
    --waiting_;
  }
  ++running_;
  return true;
}

void PasswordHasher::leave() {
  {
    const std::lock_guard lock(mutex_);
    --running_;
  }
  free_.notify_one();
}

std::optional<std::string> PasswordHasher::hash(std::string_view password) {
  if (!enter()) return std::nullopt;
  std::string result = hash_string(password);
  leave();
  return result;
}

std::optional<bool> PasswordHasher::verify(std::string_view stored_hash,
                                           std::string_view password) {
  if (!enter()) return std::nullopt;
  const std::string hash(stored_hash.empty() ? std::string_view(nobodys_hash_) : stored_hash);
  const bool matches =
      crypto_pwhash_str_verify(hash.c_str(), password.data(), password.size()) == 0;
  leave();
  return matches && !stored_hash.empty();
}

}  // namespace yuanyue
