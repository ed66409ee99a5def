// How much one user and one address may ask for, so that nobody fills the disk or keeps the engine
// busy alone: every command, refused or accepted, is kept for months. Far above honest use; the
// figures are in docs/operations.md.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <mutex>
#include <string>
#include <unordered_map>

namespace yuanyue {

// So many at once, and then one more every `interval_ms`. 0: without a bound.
struct Allowance {
  std::int64_t at_once = 0;
  std::int64_t interval_ms = 0;
};

struct QuotaLimits {
  Allowance user = {600, 500};           // 120 a minute after the first 600
  Allowance user_day = {6'000, 14'400};  // 6,000 a day
  Allowance address = {6'000, 50};       // an office or a carrier's gateway: 20 a second
  Allowance address_day = {60'000, 1'440};
  std::size_t max_subjects = 100'000;  // beyond: who has used least is forgotten
};

inline constexpr QuotaLimits no_quotas{
    .user = {}, .user_day = {}, .address = {}, .address_day = {}};

// The subject that an address counts for: its household. Empty for the machine itself, where a
// proxy that does not tell its clients' addresses may stand.
std::string quota_address(const std::string& address);

// Any thread. Times are of a clock that never goes back.
class Quotas {
 public:
  explicit Quotas(QuotaLimits limits = {}) : limits_(limits) {}

  // Takes `count` from user and address (empty: of nobody's). 0: they are taken; else nothing is,
  // and it is how long to wait until they can be. A `count` beyond what is allowed at once is taken
  // when all is there.
  std::int64_t take(const std::string& user, const std::string& address, std::int64_t count,
                    std::int64_t now_ms);
  std::size_t subject_count() const;

 private:
  // When everything that was taken will be there again, by allowance.
  struct Subject {
    std::array<std::int64_t, 2> full_at_ms{};
  };
  using Subjects = std::unordered_map<std::string, Subject>;

  void make_room(std::int64_t now_ms);

  const QuotaLimits limits_;
  mutable std::mutex mutex_;
  Subjects users_;
  Subjects addresses_;
};

}  // namespace yuanyue
