// Deadlines of thousands of connections: setting, moving and dropping one costs the same however
// many there are, and allocates nothing. One thread.
#pragma once

#include <array>
#include <chrono>
#include <cstdint>

#include <boost/intrusive/list.hpp>

namespace yuanyue {

// Base of whatever has a deadline; leaves the wheel when it is destroyed.
class DeadlineEntry : public boost::intrusive::list_base_hook<
                          boost::intrusive::link_mode<boost::intrusive::auto_unlink>> {
  friend class DeadlineWheel;
  std::uint64_t due_tick_ = 0;
};

class DeadlineWheel {
 public:
  using Clock = std::chrono::steady_clock;
  static constexpr std::chrono::milliseconds tick{100};

  explicit DeadlineWheel(Clock::time_point now) : start_(now) {}

  // Replaces the entry's deadline. It runs at the first tick that is not before `at`.
  void set(DeadlineEntry& entry, Clock::time_point at) {
    drop(entry);
    const auto after = at <= start_ ? Clock::duration::zero() : at - start_;
    const auto ticks = (after + tick - Clock::duration(1)) / tick;
    entry.due_tick_ = std::max(static_cast<std::uint64_t>(ticks), now_tick_ + 1);
    slot_of(entry.due_tick_).push_back(entry);
  }
  static void drop(DeadlineEntry& entry) {
    if (entry.is_linked()) entry.unlink();
  }

  // Calls `overdue(entry)` for each that is due by `now`; the entry has no deadline then. It may
  // set and drop deadlines and destroy entries.
  template <class Overdue>
  void run(Clock::time_point now, const Overdue& overdue) {
    if (now <= start_) return;
    const auto until = static_cast<std::uint64_t>((now - start_) / tick);
    while (now_tick_ < until) {
      ++now_tick_;
      // Out of the wheel before anything runs, or a deadline that is set meanwhile would run too.
      List due;
      due.splice(due.end(), slot_of(now_tick_));
      while (!due.empty()) {
        DeadlineEntry& entry = due.front();
        due.pop_front();
        if (entry.due_tick_ > now_tick_) {
          slot_of(entry.due_tick_).push_back(entry);  // a later turn of the wheel
        } else {
          overdue(entry);
        }
      }
    }
  }

 private:
  using List = boost::intrusive::list<DeadlineEntry, boost::intrusive::constant_time_size<false>>;
  static constexpr std::size_t slots = 1'024;

  List& slot_of(std::uint64_t at_tick) { return slots_[at_tick % slots]; }

  Clock::time_point start_;
  std::uint64_t now_tick_ = 0;
  std::array<List, slots> slots_;
};

}  // namespace yuanyue
