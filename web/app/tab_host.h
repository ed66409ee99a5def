// What the tabs of one browser ask of it: a way to each other, and timers.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

namespace yuanyue::web::app {

// Calls nobody back before its methods have returned.
class TabHost {
 public:
  virtual ~TabHost() = default;
  // Of a follower: to the leader. Of the leader: to one tab, or to all when `to` is empty. May be
  // lost.
  virtual void send(std::string_view to, const std::string& text) = 0;
  // One call after so many milliseconds; never 0.
  virtual std::uint32_t set_timer(std::int64_t delay_ms, std::function<void()> then) = 0;
  virtual void cancel_timer(std::uint32_t timer) = 0;
};

}  // namespace yuanyue::web::app
