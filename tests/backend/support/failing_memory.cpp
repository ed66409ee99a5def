#include "tests/backend/support/failing_memory.h"

#include <cstdlib>

#if defined(__SANITIZE_ADDRESS__)
#include <sanitizer/lsan_interface.h>
#endif

namespace yuanyue {

namespace {

thread_local long until_failure = 0;  // 0: none is to fail
thread_local bool failed = false;
thread_local int enough = 0;

// Core is compiled without exceptions, so that what one passes is not freed: known, and rare.
void ignore_leaks(bool ignored) {
#if defined(__SANITIZE_ADDRESS__)
  ignored ? __lsan_disable() : __lsan_enable();
#else
  static_cast<void>(ignored);
#endif
}

void* allocate(std::size_t size) {
  if (until_failure > 0 && enough == 0) {
    --until_failure;
    if (until_failure == 0) {
      failed = true;
      throw std::bad_alloc();
    }
  }
  void* memory = std::malloc(size == 0 ? 1 : size);
  if (memory == nullptr) throw std::bad_alloc();
  return memory;
}

}  // namespace

FailingMemory::FailingMemory(long nth) {
  ignore_leaks(true);
  failed = false;
  until_failure = nth;
}

FailingMemory::~FailingMemory() {
  until_failure = 0;
  ignore_leaks(false);
}

EnoughMemory::EnoughMemory() { ++enough; }
EnoughMemory::~EnoughMemory() { --enough; }

bool FailingMemory::has_failed() const { return failed; }

}  // namespace yuanyue

void* operator new(std::size_t size) { return yuanyue::allocate(size); }
void* operator new[](std::size_t size) { return yuanyue::allocate(size); }
void operator delete(void* memory) noexcept { std::free(memory); }
void operator delete[](void* memory) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }
void operator delete[](void* memory, std::size_t) noexcept { std::free(memory); }
