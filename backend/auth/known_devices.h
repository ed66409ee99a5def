// Which browsers have signed in to an account before. Each has a cookie with a signed entry for
// each of the accounts that were last used on it; it names nobody and lets nobody in, it only tells
// the owner's devices from those of whoever guesses (sign_in_guard.h). Any thread.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "backend/store/auth_store.h"
#include "core/people/ids.h"

namespace yuanyue {

class KnownDevices {
 public:
  static constexpr std::int64_t kept_ms = 180LL * 24 * 60 * 60 * 1000;  // since the last sign-in
  static constexpr std::size_t max_accounts = 8;  // of one browser; the last used ones

  // Until load() the key is this process's own: devices are known until it ends.
  KnownDevices();
  // Takes the key from the store, where it is made when there is none.
  StoreResult<void> load(AuthStore& store);

  // What the account knows the device by; empty: not at all.
  std::string recognise(std::string_view cookie, const UserId& user, std::int64_t now_ms) const;
  // The cookie's value once the user has signed in with it.
  std::string remember(std::string_view cookie, const UserId& user, std::int64_t now_ms) const;

 private:
  static constexpr std::size_t key_bytes = 32;
  std::string tag_of(std::string_view signed_text, const UserId& user) const;

  std::array<unsigned char, key_bytes> key_{};
};

}  // namespace yuanyue
