// Passwords: argon2id hashes (libsodium), and what a new password must be.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace yuanyue {

inline constexpr std::size_t min_password_characters = 10;
inline constexpr std::size_t max_password_bytes = 256;

// nullopt: good. Else one English sentence that says what to change. `names_near` is what somebody
// who knows the park would guess: Directory::names_near.
std::optional<std::string> password_problem(std::string_view password, std::string_view user_name,
                                            const std::vector<std::string>& names_near);

// 16 characters that people can copy without mistaking one for another, 80 bits.
std::string random_password();

// Hashes at most `parallel` passwords at once, because each takes memory_bytes and a processor for
// tens of milliseconds; at most `waiting` more wait. Any thread.
class PasswordHasher {
 public:
  explicit PasswordHasher(std::size_t parallel = 2, std::size_t waiting = 64);

  // OWASP's floor for argon2id: 19 MiB, 2 passes, one lane.
  static constexpr std::size_t memory_bytes = 19 * 1024 * 1024;
  static constexpr unsigned long long passes = 2;

  // nullopt: too many are waiting.
  std::optional<std::string> hash(std::string_view password);
  // `stored_hash` empty stands for an unknown user: takes as long, and is false.
  std::optional<bool> verify(std::string_view stored_hash, std::string_view password);

 private:
  bool enter();
  void leave();

  const std::size_t parallel_;
  const std::size_t max_waiting_;
  std::mutex mutex_;
  std::condition_variable free_;
  std::size_t running_ = 0;
  std::size_t waiting_ = 0;
  std::string nobodys_hash_;
};

}  // namespace yuanyue
