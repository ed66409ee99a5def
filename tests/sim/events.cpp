#include "tests/sim/events.h"

#include <algorithm>
#include <iostream>
#include <string>
#include <utility>

namespace yuanyue::sim {

void Events::at(Instant when, std::function<void()> what) {
  queue_.push({std::max(when, now_), ++planned_, std::move(what)});
}

void Events::run_until(Instant end) {
  while (!queue_.empty() && queue_.top().when <= end) {
    const Event next = queue_.top();
    queue_.pop();
    now_ = next.when;
    next.what();
  }
  now_ = std::max(now_, end);
}

void Events::trace(std::string_view what, std::string_view detail) {
  const auto add = [&](std::string_view text) {
    for (const char c : text) {
      hash_ = (hash_ ^ static_cast<unsigned char>(c)) * 0x100000001B3ULL;
    }
  };
  const std::string time = std::to_string(now_.ms);
  add(time);
  add(what);
  add(detail);
  if (telling_ == Telling::quiet) return;
  std::cerr << to_string(now_) << ' ' << what << ' ' << detail.substr(0, 400) << '\n';
}

void Events::trace(std::string_view what, std::uint64_t number) {
  trace(what, std::to_string(number));
}

}  // namespace yuanyue::sim
