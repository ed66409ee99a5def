// Our own random numbers (SplitMix64): the same in every build, for every compiler and library.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace yuanyue::worlds {

class Random {
 public:
  explicit Random(std::uint64_t seed) : state_(seed) {}

  std::uint64_t next() {
    std::uint64_t x = (state_ += 0x9E3779B97F4A7C15ULL);
    x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9ULL;
    x = (x ^ (x >> 27)) * 0x94D049BB133111EBULL;
    return x ^ (x >> 31);
  }
  // 0..bound-1; bound > 0. The slight bias does not matter here.
  std::uint64_t below(std::uint64_t bound) { return next() % bound; }
  int between(int low, int high) {
    const auto width = static_cast<std::uint64_t>(high) - static_cast<std::uint64_t>(low) + 1;
    return low + static_cast<int>(below(width));
  }
  bool one_in(std::uint64_t n) { return below(n) == 0; }
  // Requires a value.
  template <class Value>
  const Value& pick(const std::vector<Value>& values) {
    return values[static_cast<std::size_t>(below(values.size()))];
  }

 private:
  std::uint64_t state_;
};

}  // namespace yuanyue::worlds
