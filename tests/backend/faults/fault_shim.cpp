// Loaded into the real program with LD_PRELOAD: makes the calls that reach the disk and the clock
// fail or lie, as told by a file of four numbers that the test writes while the program runs.
#include <cerrno>
#include <cstdint>
#include <cstdlib>
#include <ctime>

#include <dlfcn.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/types.h>
#include <unistd.h>

namespace {

struct Orders {
  volatile std::int64_t write_error;  // errno of every write to a database file, 0: none
  volatile std::int64_t flush_error;  // of every fsync and fdatasync
  volatile std::int64_t clock_ms;     // added to the machine's clock
  volatile std::int64_t refused;      // how many calls were refused
};

Orders* orders() {
  static Orders* const mapped = [] {
    static Orders none{};
    const char* path = std::getenv("YUANYUE_FAULTS");
    const int file = path == nullptr ? -1 : ::open(path, O_RDWR | O_CLOEXEC);
    if (file < 0) return &none;
    void* memory = ::mmap(nullptr, sizeof(Orders), PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
    ::close(file);
    return memory == MAP_FAILED ? &none : static_cast<Orders*>(memory);
  }();
  return mapped;
}

template <class Function>
Function next(const char* name) {
  return reinterpret_cast<Function>(::dlsym(RTLD_NEXT, name));
}

bool refuses(std::int64_t error) {
  if (error == 0) return false;
  orders()->refused = orders()->refused + 1;
  errno = static_cast<int>(error);
  return true;
}

}  // namespace

extern "C" {

ssize_t pwrite64(int file, const void* data, size_t size, off64_t at) {
  static const auto real = next<ssize_t (*)(int, const void*, size_t, off64_t)>("pwrite64");
  return refuses(orders()->write_error) ? -1 : real(file, data, size, at);
}

ssize_t pwrite(int file, const void* data, size_t size, off_t at) {
  return pwrite64(file, data, size, at);
}

int fdatasync(int file) {
  static const auto real = next<int (*)(int)>("fdatasync");
  return refuses(orders()->flush_error) ? -1 : real(file);
}

int fsync(int file) {
  static const auto real = next<int (*)(int)>("fsync");
  return refuses(orders()->flush_error) ? -1 : real(file);
}

int clock_gettime(clockid_t clock, timespec* at) noexcept {
  static const auto real = next<int (*)(clockid_t, timespec*)>("clock_gettime");
  const int code = real(clock, at);
  if (code == 0 && clock == CLOCK_REALTIME) at->tv_sec += orders()->clock_ms / 1'000;
  return code;
}

}  // extern "C"
