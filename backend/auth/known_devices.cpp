#include "backend/auth/known_devices.h"

#include <algorithm>
#include <charconv>
#include <vector>

#include <sodium.h>

namespace yuanyue {

namespace {

// An entry: when it was given (seconds, hexadecimal), a random id, and a tag over both and the
// user.
constexpr std::size_t time_digits = 10;
constexpr std::size_t id_digits = 16;
constexpr std::size_t tag_bytes = 16;
constexpr std::size_t signed_digits = time_digits + id_digits;
constexpr std::size_t entry_digits = signed_digits + 2 * tag_bytes;
constexpr char separator = '.';

std::string hex(const unsigned char* bytes, std::size_t size) {
  std::string text(2 * size + 1, '\0');
  sodium_bin2hex(text.data(), text.size(), bytes, size);
  text.pop_back();
  return text;
}

bool is_entry(std::string_view text) {
  return text.size() == entry_digits && std::ranges::all_of(text, [](char c) {
           return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
         });
}

std::vector<std::string_view> entries_of(std::string_view cookie) {
  std::vector<std::string_view> entries;
  while (!cookie.empty() && entries.size() < KnownDevices::max_accounts) {
    const auto end = cookie.find(separator);
    const std::string_view entry = cookie.substr(0, end);
    if (is_entry(entry)) entries.push_back(entry);
    cookie = end == std::string_view::npos ? std::string_view() : cookie.substr(end + 1);
  }
  return entries;
}

std::string time_text(std::int64_t now_ms) {
  std::string text(time_digits, '0');
  for (auto [seconds, i] = std::pair(now_ms / 1000, time_digits); i > 0; --i, seconds /= 16) {
    text[i - 1] = "0123456789abcdef"[seconds % 16];
  }
  return text;
}

bool is_recent(std::string_view entry, std::int64_t now_ms) {
  std::int64_t seconds = 0;
  const std::string_view digits = entry.substr(0, time_digits);
  std::from_chars(digits.data(), digits.data() + digits.size(), seconds, 16);
  return now_ms / 1000 - seconds <= KnownDevices::kept_ms / 1000;
}

bool is_tag(std::string_view entry, std::string_view tag) {
  const std::string_view given = entry.substr(signed_digits);
  return given.size() == tag.size() && sodium_memcmp(given.data(), tag.data(), tag.size()) == 0;
}

}  // namespace

KnownDevices::KnownDevices() { randombytes_buf(key_.data(), key_.size()); }

StoreResult<void> KnownDevices::load(AuthStore& store) {
  const auto secret = store.secret("device_key", hex(key_.data(), key_.size()));
  if (!secret) return std::unexpected(secret.error());
  std::size_t size = 0;
  if (sodium_hex2bin(key_.data(), key_.size(), secret->data(), secret->size(), nullptr, &size,
                     nullptr) != 0 ||
      size != key_.size()) {
    return std::unexpected(StoreError{"the key of known devices is damaged", StoreFault::corrupt});
  }
  return {};
}

std::string KnownDevices::tag_of(std::string_view signed_text, const UserId& user) const {
  const std::string text = to_string(user) + " " + std::string(signed_text);
  std::array<unsigned char, tag_bytes> tag{};
  crypto_generichash(tag.data(), tag.size(), reinterpret_cast<const unsigned char*>(text.data()),
                     text.size(), key_.data(), key_.size());
  return hex(tag.data(), tag.size());
}

std::string KnownDevices::recognise(std::string_view cookie, const UserId& user,
                                    std::int64_t now_ms) const {
  for (const std::string_view entry : entries_of(cookie)) {
    const std::string_view signed_text = entry.substr(0, signed_digits);
    if (is_tag(entry, tag_of(signed_text, user)) && is_recent(entry, now_ms)) {
      return std::string(entry.substr(time_digits, id_digits));
    }
  }
  return {};
}

std::string KnownDevices::remember(std::string_view cookie, const UserId& user,
                                   std::int64_t now_ms) const {
  std::string id = recognise(cookie, user, now_ms);
  if (id.empty()) {
    std::array<unsigned char, id_digits / 2> random{};
    randombytes_buf(random.data(), random.size());
    id = hex(random.data(), random.size());
  }
  const std::string signed_text = time_text(now_ms) + id;
  std::string value = signed_text + tag_of(signed_text, user);
  std::size_t accounts = 1;
  for (const std::string_view entry : entries_of(cookie)) {
    if (accounts == max_accounts) break;
    if (is_tag(entry, tag_of(entry.substr(0, signed_digits), user))) continue;  // this user's own
    value += separator;
    value += entry;
    ++accounts;
  }
  return value;
}

}  // namespace yuanyue
