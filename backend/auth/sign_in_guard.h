// Slows guessing down: counts failed sign-ins per account and per address, and locks either out for
// a while. What it knows is kept in the store, so that a restart forgives nothing. Any thread.
#pragma once

#include <cstdint>
#include <mutex>
#include <string>
#include <unordered_map>

#include "backend/store/store.h"

namespace yuanyue {

struct SignInLimits {
  int account_failures = 5;   // then locked for first_lock_ms, doubling with each further failure
  int address_failures = 30;  // then locked for longest_lock_ms
  std::int64_t first_lock_ms = 60'000;
  std::int64_t longest_lock_ms = 15 * 60'000;
  std::int64_t forgotten_after_ms = 60 * 60'000;  // without a failure
  std::size_t max_subjects = 10'000;              // remembered; beyond, the oldest unlocked go
};

class SignInGuard {
 public:
  SignInGuard(Store& store, SignInLimits limits);
  void load();

  // Milliseconds (real time) until this account and address may try again; 0: now, and then the
  // attempt must be ended by succeeded() or failed().
  std::int64_t begin(const std::string& account, const std::string& address, std::int64_t now_ms);
  void succeeded(const std::string& account, const std::string& address);
  // True when the account or the address is locked out from now on.
  bool failed(const std::string& account, const std::string& address, std::int64_t now_ms);
  // Neither: the attempt could not be decided.
  void abandoned(const std::string& account);
  // Forgets the account's failures and lifts its lock; those of addresses stay.
  void forgive(const std::string& account);

 private:
  struct Record {
    int count = 0;
    int under_way = 0;
    std::int64_t last_ms = 0;
    std::int64_t locked_until_ms = 0;
  };
  bool add_failure(const std::string& subject, std::int64_t now_ms, int limit);
  void make_room();

  Store& store_;
  const SignInLimits limits_;
  std::mutex mutex_;
  std::unordered_map<std::string, Record> records_;
};

}  // namespace yuanyue
