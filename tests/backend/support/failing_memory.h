// Makes one allocation of this thread fail, in a test program that links failing_memory.cpp, which
// replaces operator new. What the C libraries (SQLite, libsodium) allocate goes past it.
#pragma once

#include <new>

namespace yuanyue {

class FailingMemory {
 public:
  // The nth allocation from now on throws std::bad_alloc, once.
  explicit FailingMemory(long nth);
  ~FailingMemory();
  FailingMemory(const FailingMemory&) = delete;
  FailingMemory& operator=(const FailingMemory&) = delete;
  bool has_failed() const;
};

// While one lives, this thread's allocations do not fail and are not counted: for what a test has
// put in the place of something that fails by itself.
class EnoughMemory {
 public:
  EnoughMemory();
  ~EnoughMemory();
  EnoughMemory(const EnoughMemory&) = delete;
  EnoughMemory& operator=(const EnoughMemory&) = delete;
};

// Acts with the 1st, 2nd, 3rd … allocation failing and checks after each, until an act needs no
// more allocations. How many failed.
template <class Act, class Check>
long with_each_allocation_failing(Act act, Check check) {
  for (long nth = 1;; ++nth) {
    bool has_failed = false;
    {
      const FailingMemory memory(nth);
      try {
        act();
        has_failed = memory.has_failed();
      } catch (const std::bad_alloc&) {  // as a caller would see it
        has_failed = true;
      }
    }
    check(nth);
    if (!has_failed) return nth - 1;
  }
}

}  // namespace yuanyue
