// Hashes passwords with argon2id (libsodium). Any thread; tens of milliseconds each.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace yuanyue {

// At most `parallel` passwords at once, because each takes memory_bytes and a processor; at most
// `waiting` more wait.
class PasswordHasher {
 public:
  // Throws when there is no memory for the first hash.
  explicit PasswordHasher(std::size_t parallel = 2, std::size_t waiting = 64);

  // OWASP's floor for argon2id: 19 MiB, 2 passes, one lane.
  static constexpr std::size_t memory_bytes = 19 * 1024 * 1024;
  static constexpr unsigned long long passes = 2;

  // One of the `parallel` places, given back when it goes out of scope, however that happens.
  class Turn {
   public:
    Turn(Turn&& other) noexcept : hasher_(std::exchange(other.hasher_, nullptr)) {}
    Turn(const Turn&) = delete;
    Turn& operator=(Turn&&) = delete;
    ~Turn() {
      if (hasher_ != nullptr) hasher_->leave();
    }

   private:
    friend class PasswordHasher;
    explicit Turn(PasswordHasher& hasher) : hasher_(&hasher) {}
    PasswordHasher* hasher_;
  };
  // Waits for a place; nullopt: too many are waiting.
  std::optional<Turn> take_turn();

  // nullopt: too many are waiting, or there is no memory for it. Then nothing was decided.
  std::optional<std::string> hash(std::string_view password);
  // `stored_hash` empty stands for an unknown user: takes as long, and is false. nullopt also when
  // the stored hash is none.
  std::optional<bool> verify(std::string_view stored_hash, std::string_view password);
  std::optional<bool> verify(const Turn& turn, std::string_view stored_hash,
                             std::string_view password) const;

 private:
  void leave() noexcept;

  const std::size_t parallel_;
  const std::size_t max_waiting_;
  std::mutex mutex_;
  std::condition_variable free_;
  std::size_t running_ = 0;
  std::size_t waiting_ = 0;
  const std::string nobodys_hash_;
};

}  // namespace yuanyue
