#include "backend/auth/password_hasher.h"

#include <array>
#include <charconv>
#include <new>

#include <sodium.h>

#include "backend/auth/password.h"

namespace yuanyue {

namespace {

std::optional<std::string> hash_string(std::string_view password) {
  std::array<char, crypto_pwhash_STRBYTES> out{};
  if (crypto_pwhash_str_alg(out.data(), password.data(), password.size(), PasswordHasher::passes,
                            PasswordHasher::memory_bytes, crypto_pwhash_ALG_ARGON2ID13) != 0) {
    return std::nullopt;
  }
  return out.data();
}

constexpr std::size_t hash_bytes = 32;  // as crypto_pwhash_str() makes them

struct StoredHash {
  unsigned long long passes = 0;
  std::size_t memory_bytes = 0;
  std::array<unsigned char, crypto_pwhash_SALTBYTES> salt{};
  std::array<unsigned char, hash_bytes> hash{};
};

template <class Number>
bool take_number(std::string_view& text, std::string_view before, Number& number) {
  if (!text.starts_with(before)) return false;
  text.remove_prefix(before.size());
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  text.remove_prefix(static_cast<std::size_t>(end - text.data()));
  return error == std::errc();
}

template <std::size_t size>
bool decode(std::string_view text, std::array<unsigned char, size>& bytes) {
  std::size_t length = 0;
  return sodium_base642bin(bytes.data(), size, text.data(), text.size(), nullptr, &length, nullptr,
                           sodium_base64_VARIANT_ORIGINAL_NO_PADDING) == 0 &&
         length == size;
}

// "$argon2id$v=19$m=19456,t=2,p=1$<salt>$<hash>"
std::optional<StoredHash> parse(std::string_view text) {
  StoredHash stored;
  std::size_t kib = 0;
  if (!take_number(text, "$argon2id$v=19$m=", kib) || !take_number(text, ",t=", stored.passes) ||
      !text.starts_with(",p=1$")) {
    return std::nullopt;
  }
  stored.memory_bytes = kib * 1024;
  text.remove_prefix(std::string_view(",p=1$").size());
  const auto end_of_salt = text.find('$');
  if (end_of_salt == std::string_view::npos || !decode(text.substr(0, end_of_salt), stored.salt) ||
      !decode(text.substr(end_of_salt + 1), stored.hash)) {
    return std::nullopt;
  }
  return stored;
}

std::string hash_of_nobody() {
  auto hash = hash_string(random_password());
  if (!hash) throw std::bad_alloc();
  return *std::move(hash);
}

}  // namespace

PasswordHasher::PasswordHasher(std::size_t parallel, std::size_t waiting)
    : parallel_(parallel), max_waiting_(waiting), nobodys_hash_(hash_of_nobody()) {}

std::optional<PasswordHasher::Turn> PasswordHasher::take_turn() {
  std::unique_lock lock(mutex_);
  if (running_ >= parallel_) {
    if (waiting_ >= max_waiting_) return std::nullopt;
    ++waiting_;
    free_.wait(lock, [&] { return running_ < parallel_; });
    --waiting_;
  }
  ++running_;
  return Turn(*this);
}

void PasswordHasher::leave() noexcept {
  {
    const std::lock_guard lock(mutex_);
    --running_;
  }
  free_.notify_one();
}

std::optional<std::string> PasswordHasher::hash(std::string_view password) {
  const auto turn = take_turn();
  if (!turn) return std::nullopt;
  return hash_string(password);
}

std::optional<bool> PasswordHasher::verify(std::string_view stored_hash,
                                           std::string_view password) {
  const auto turn = take_turn();
  if (!turn) return std::nullopt;
  return verify(*turn, stored_hash, password);
}

std::optional<bool> PasswordHasher::verify(const Turn&, std::string_view stored_hash,
                                           std::string_view password) const {
  const auto stored = parse(stored_hash.empty() ? std::string_view(nobodys_hash_) : stored_hash);
  if (!stored) return std::nullopt;
  // crypto_pwhash_str_verify() would answer a want of memory and a wrong password alike.
  std::array<unsigned char, hash_bytes> hash{};
  if (crypto_pwhash(hash.data(), hash.size(), password.data(), password.size(), stored->salt.data(),
                    stored->passes, stored->memory_bytes, crypto_pwhash_ALG_ARGON2ID13) != 0) {
    return std::nullopt;
  }
  const bool matches = sodium_memcmp(hash.data(), stored->hash.data(), hash.size()) == 0;
  return matches && !stored_hash.empty();
}

}  // namespace yuanyue
