// Simulated time: what happens next, in order, and a hash of everything that happened.
#pragma once

#include <cstdint>
#include <functional>
#include <queue>
#include <string_view>
#include <vector>

#include "core/base/time.h"

namespace yuanyue::sim {

enum class Telling : std::uint8_t { quiet, aloud };  // aloud: every event on standard error

class Events {
 public:
  Events(Instant start, Telling telling) : now_(start), telling_(telling) {}

  Instant now() const { return now_; }
  void at(Instant when, std::function<void()> what);
  void after(std::int64_t delay_ms, std::function<void()> what) {
    at(now_ + delay_ms, std::move(what));
  }
  void run_until(Instant end);

  // Into the hash, and aloud.
  void trace(std::string_view what, std::string_view detail = {});
  void trace(std::string_view what, std::uint64_t number);
  std::uint64_t hash() const { return hash_; }

 private:
  struct Event {
    Instant when;
    std::uint64_t number;  // in the order of planning
    std::function<void()> what;
    bool operator>(const Event& other) const {
      return when != other.when ? when > other.when : number > other.number;
    }
  };

  Instant now_;
  Telling telling_;
  std::uint64_t planned_ = 0;
  std::uint64_t hash_ = 0xCBF29CE484222325ULL;
  std::priority_queue<Event, std::vector<Event>, std::greater<>> queue_;
};

}  // namespace yuanyue::sim
