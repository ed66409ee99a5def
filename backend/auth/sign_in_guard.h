// Slows guessing down without becoming a weapon: names are public numbers, so whoever guesses must
// not be able to lock their owners out. Failures are counted for three subjects at once: an account
// from one address, an account from everywhere, and an address. A device that has signed in to the
// account before is counted by itself instead and touched by none of these. Counts go back with
// time, a success takes back what it made up for, and what is known is kept in the store, so that a
// restart forgives nothing. Any thread.
#pragma once

#include <array>
#include <cstdint>
#include <expected>
#include <mutex>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "backend/store/auth_store.h"

namespace yuanyue {

struct SignInLimits {
  // Of an account from one address, or from one known device: then locked for first_lock_ms,
  // doubling with each further failure up to longest_lock_ms.
  int failures = 5;
  int account_failures = 20;  // of an account from all unknown devices, locked in the same way
  int address_failures = 30;  // of an address, then locked for longest_lock_ms
  std::int64_t first_lock_ms = 60'000;
  std::int64_t longest_lock_ms = 15 * 60'000;
  std::int64_t forgotten_each_ms = 10 * 60'000;         // one failure of an account
  std::int64_t address_forgotten_each_ms = 2 * 60'000;  // one failure of an address
  // Remembered; beyond, those go first that are locked for the shortest time. Accounts that exist
  // and their known devices stay: a flood of names and addresses must not push their locks out.
  std::size_t max_subjects = 10'000;
};

// Whose password is guessed, and from where.
struct Guess {
  std::string account;  // id of the user, or unknown_account() of a name that nobody has
  std::string address;
  std::string device;  // what the account knows the device by; empty: not known
};
std::string unknown_account(std::string_view name);

class SignInGuard {
 private:
  enum class Kind : std::uint8_t { account_here, account, device, address };
  struct Record {
    int count = 0;
    int under_way = 0;
    std::int64_t counted_ms = 0;  // `count` is as of then
    std::int64_t locked_until_ms = 0;
    Kind kind = Kind::account;
  };
  using Records = std::unordered_map<std::string, Record>;

 public:
  SignInGuard(AuthStore& store, SignInLimits limits);
  StoreResult<void> load(std::int64_t now_ms);

  // A guess under way counts like a failure until it has ended: by succeeded(), by failed(), or by
  // going out of scope, when it could not be decided.
  class Attempt {
   public:
    Attempt(Attempt&& other) noexcept
        : guard_(std::exchange(other.guard_, nullptr)),
          entries_(other.entries_),
          count_(other.count_) {}
    Attempt(const Attempt&) = delete;
    Attempt& operator=(Attempt&&) = delete;
    ~Attempt();

    void succeeded(std::int64_t now_ms) noexcept;
    // True when one of the subjects is locked from now on.
    bool failed(std::int64_t now_ms) noexcept;

   private:
    friend class SignInGuard;
    explicit Attempt(SignInGuard& guard) : guard_(&guard) {}
    SignInGuard* guard_;
    std::array<Records::value_type*, 3> entries_{};
    std::size_t count_ = 0;
  };

  // The error: milliseconds (real time) until the guess may be made.
  std::expected<Attempt, std::int64_t> begin(const Guess& guess, std::int64_t now_ms);
  // The same question without beginning; 0: now.
  std::int64_t wait_ms(const Guess& guess, std::int64_t now_ms);

  // Forgets the account's failures and lifts its locks; those of addresses stay.
  void forgive(const std::string& account);
  // Forgets what time has forgiven, also in the store. Call now and then.
  void prune(std::int64_t now_ms);

 private:
  struct Subject {
    Kind kind;
    std::string name;
  };
  static std::vector<Subject> subjects_of(const Guess& guess);
  static Kind kind_of(std::string_view subject);
  int limit(Kind kind) const;
  void go_back(Record& record, std::int64_t now_ms) const;
  void count_failure(Record& record, std::int64_t now_ms) const;
  // These require mutex_.
  std::int64_t wait_of(const std::vector<Subject>& subjects, std::int64_t now_ms);
  void make_room(std::int64_t now_ms);
  void end(Attempt& attempt) noexcept;
  void keep(const Attempt& attempt) noexcept;
  void forget(const std::vector<std::string>& subjects);

  AuthStore& store_;
  const SignInLimits limits_;
  std::mutex mutex_;
  Records records_;
};

}  // namespace yuanyue
