#include "tests/sim/disk/sqlite_disk.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <cstring>
#include <map>
#include <memory>
#include <new>
#include <string>
#include <vector>

#include <sqlite3.h>

#include "tests/backend/support/failing_memory.h"

namespace yuanyue::sim {
namespace {

constexpr std::int64_t julian_day_1970_ms = 210'866'760'000'000;

// The write-ahead log's index: memory that all connections of the file share.
struct SharedMemory {
  std::vector<std::unique_ptr<char[]>> regions;
  std::array<int, SQLITE_SHM_NLOCK> holders{};  // -1: exclusively
};

struct Node {
  int handles = 0;
  int shared = 0;  // connections with at least SHARED
  const void* reserved = nullptr;
  const void* pending = nullptr;
  const void* exclusive = nullptr;
  SharedMemory memory;
  int memory_users = 0;
};

struct World {
  Disk* disk = nullptr;
  Instant now;
  std::uint64_t temporary_files = 0;
  std::map<std::string, Node> nodes;
};
World& world() {
  static World instance;
  return instance;
}

struct File {
  sqlite3_file base;  // first: SQLite knows the object as this
  std::string name;
  Node* node;
  int level;
  bool is_temporary;
  bool has_memory;
  std::array<int, SQLITE_SHM_NLOCK> held;  // 1 shared, -1 exclusive
};
File& of(sqlite3_file* file) { return *reinterpret_cast<File*>(file); }

int code_of(DiskResult result, int failure) {
  switch (result) {
    case DiskResult::done:
      return SQLITE_OK;
    case DiskResult::full:
      return SQLITE_FULL;
    case DiskResult::failed:
      break;
  }
  return failure;
}

void release_memory(File& file) {
  if (!file.has_memory) return;
  for (std::size_t i = 0; i < file.held.size(); ++i) {
    int& holders = file.node->memory.holders[i];
    if (file.held[i] == -1) holders = 0;
    if (file.held[i] == 1) --holders;
    file.held[i] = 0;
  }
  file.has_memory = false;
  if (--file.node->memory_users == 0) file.node->memory = {};
}

int unlock(sqlite3_file* base, int level) {
  File& file = of(base);
  Node& node = *file.node;
  if (file.level <= level) return SQLITE_OK;
  if (node.exclusive == &file) node.exclusive = nullptr;
  if (node.pending == &file) node.pending = nullptr;
  if (node.reserved == &file) node.reserved = nullptr;
  if (level == SQLITE_LOCK_NONE) --node.shared;
  file.level = level;
  return SQLITE_OK;
}

int lock(sqlite3_file* base, int level) {
  File& file = of(base);
  Node& node = *file.node;
  const auto others = [&](const void* holder) { return holder != nullptr && holder != &file; };
  if (file.level >= level) return SQLITE_OK;
  if (others(node.exclusive)) return SQLITE_BUSY;
  if (level == SQLITE_LOCK_SHARED) {
    if (others(node.pending)) return SQLITE_BUSY;
    ++node.shared;
  } else if (level == SQLITE_LOCK_RESERVED) {
    if (others(node.reserved) || others(node.pending)) return SQLITE_BUSY;
    node.reserved = &file;
  } else {
    if (others(node.reserved) || others(node.pending)) return SQLITE_BUSY;
    node.pending = &file;
    file.level = SQLITE_LOCK_PENDING;
    if (node.shared > 1) return SQLITE_BUSY;
    node.exclusive = &file;
  }
  file.level = level;
  return SQLITE_OK;
}

int check_reserved(sqlite3_file* base, int* result) {
  const Node& node = *of(base).node;
  *result = node.reserved != nullptr || node.pending != nullptr || node.exclusive != nullptr;
  return SQLITE_OK;
}

int close(sqlite3_file* base) {
  File& file = of(base);
  release_memory(file);
  unlock(base, SQLITE_LOCK_NONE);
  if (file.is_temporary) world().disk->remove(file.name);
  --file.node->handles;
  file.~File();
  return SQLITE_OK;
}

int read(sqlite3_file* base, void* buffer, int amount, sqlite3_int64 offset) {
  if (world().disk->crashed()) return SQLITE_IOERR_READ;
  const std::string_view content = world().disk->content(of(base).name);
  const auto from = std::min(static_cast<std::size_t>(offset), content.size());
  const std::string_view part = content.substr(from, static_cast<std::size_t>(amount));
  std::memset(buffer, 0, static_cast<std::size_t>(amount));
  if (!part.empty()) std::memcpy(buffer, part.data(), part.size());
  return part.size() == static_cast<std::size_t>(amount) ? SQLITE_OK : SQLITE_IOERR_SHORT_READ;
}

int write(sqlite3_file* base, const void* buffer, int amount, sqlite3_int64 offset) {
  const std::string_view bytes(static_cast<const char*>(buffer), static_cast<std::size_t>(amount));
  return code_of(world().disk->write(of(base).name, static_cast<std::size_t>(offset), bytes),
                 SQLITE_IOERR_WRITE);
}

int truncate(sqlite3_file* base, sqlite3_int64 size) {
  return code_of(world().disk->truncate(of(base).name, static_cast<std::size_t>(size)),
                 SQLITE_IOERR_TRUNCATE);
}

int sync(sqlite3_file* base, int) {
  return code_of(world().disk->sync(of(base).name), SQLITE_IOERR_FSYNC);
}

int file_size(sqlite3_file* base, sqlite3_int64* size) {
  *size = static_cast<sqlite3_int64>(world().disk->content(of(base).name).size());
  return SQLITE_OK;
}

int file_control(sqlite3_file*, int, void*) { return SQLITE_NOTFOUND; }
int sector_size(sqlite3_file*) { return 4'096; }
int characteristics(sqlite3_file*) { return SQLITE_IOCAP_POWERSAFE_OVERWRITE; }

// --- shared memory -----------------------------------------------------------------------------

int map_memory(sqlite3_file* base, int region, int size, int extend, void volatile** memory) {
  File& file = of(base);
  if (!file.has_memory) {
    file.has_memory = true;
    ++file.node->memory_users;
  }
  auto& regions = file.node->memory.regions;
  const auto wanted = static_cast<std::size_t>(region);
  *memory = nullptr;
  if (regions.size() <= wanted && extend == 0) return SQLITE_OK;
  while (regions.size() <= wanted) {
    regions.push_back(std::make_unique<char[]>(static_cast<std::size_t>(size)));
  }
  *memory = regions[wanted].get();
  return SQLITE_OK;
}

int lock_memory(sqlite3_file* base, int first, int count, int flags) {
  File& file = of(base);
  auto& holders = file.node->memory.holders;
  const auto begin = static_cast<std::size_t>(first);
  const std::size_t end = begin + static_cast<std::size_t>(count);
  const bool is_exclusive = (flags & SQLITE_SHM_EXCLUSIVE) != 0;
  if ((flags & SQLITE_SHM_UNLOCK) != 0) {
    for (std::size_t i = begin; i < end; ++i) {
      if (file.held[i] == -1) holders[i] = 0;
      if (file.held[i] == 1) --holders[i];
      file.held[i] = 0;
    }
    return SQLITE_OK;
  }
  for (std::size_t i = begin; i < end; ++i) {
    const int others = file.held[i] == 1 ? holders[i] - 1 : holders[i];
    if (is_exclusive ? others != 0 : holders[i] == -1) return SQLITE_BUSY;
  }
  for (std::size_t i = begin; i < end; ++i) {
    if (is_exclusive) {
      holders[i] = -1;
      file.held[i] = -1;
    } else if (file.held[i] == 0) {
      ++holders[i];
      file.held[i] = 1;
    }
  }
  return SQLITE_OK;
}

void memory_barrier(sqlite3_file*) {}

int unmap_memory(sqlite3_file* base, int) {
  release_memory(of(base));
  return SQLITE_OK;
}

// This disk is no part of the server: memory that runs short there does not run short here, and
// nothing may be thrown through SQLite.
template <auto method>
struct WithMemory;
template <class... Parameters, int (*method)(Parameters...)>
struct WithMemory<method> {
  static int call(Parameters... parameters) {
    const EnoughMemory memory;
    return method(parameters...);
  }
};

const sqlite3_io_methods io_methods = {
    .iVersion = 2,
    .xClose = WithMemory<close>::call,
    .xRead = WithMemory<read>::call,
    .xWrite = WithMemory<write>::call,
    .xTruncate = WithMemory<truncate>::call,
    .xSync = WithMemory<sync>::call,
    .xFileSize = WithMemory<file_size>::call,
    .xLock = lock,
    .xUnlock = unlock,
    .xCheckReservedLock = check_reserved,
    .xFileControl = file_control,
    .xSectorSize = sector_size,
    .xDeviceCharacteristics = characteristics,
    .xShmMap = WithMemory<map_memory>::call,
    .xShmLock = lock_memory,
    .xShmBarrier = memory_barrier,
    .xShmUnmap = WithMemory<unmap_memory>::call,
    .xFetch = nullptr,
    .xUnfetch = nullptr,
};

// --- the file system ---------------------------------------------------------------------------

int open(sqlite3_vfs*, const char* name, sqlite3_file* base, int flags, int* out_flags) {
  base->pMethods = nullptr;
  Disk& disk = *world().disk;
  const bool is_temporary = name == nullptr || (flags & SQLITE_OPEN_DELETEONCLOSE) != 0;
  const std::string path =
      name == nullptr ? "temporary-" + std::to_string(++world().temporary_files) : name;
  if (disk.crashed()) return SQLITE_IOERR;
  if (!disk.exists(path)) {
    if ((flags & SQLITE_OPEN_CREATE) == 0) return SQLITE_CANTOPEN;
    if (disk.create(path) != DiskResult::done) return SQLITE_IOERR;
  }
  auto* file = new (base)
      File{{&io_methods}, path, &world().nodes[path], SQLITE_LOCK_NONE, is_temporary, false, {}};
  ++file->node->handles;
  if (out_flags != nullptr) *out_flags = flags;
  return SQLITE_OK;
}

int remove(sqlite3_vfs*, const char* name, int) {
  if (!world().disk->exists(name)) return SQLITE_IOERR_DELETE_NOENT;
  return code_of(world().disk->remove(name), SQLITE_IOERR_DELETE);
}

int access(sqlite3_vfs*, const char* name, int, int* result) {
  *result = world().disk->exists(name) ? 1 : 0;
  return world().disk->crashed() ? SQLITE_IOERR_ACCESS : SQLITE_OK;
}

int full_path(sqlite3_vfs*, const char* name, int size, char* out) {
  sqlite3_snprintf(size, out, "%s", name);
  return SQLITE_OK;
}

int randomness(sqlite3_vfs*, int size, char* out) {
  for (int i = 0; i < size; ++i) out[i] = static_cast<char>(world().disk->random());
  return size;
}

int sleep(sqlite3_vfs*, int microseconds) { return microseconds; }

int current_time_ms(sqlite3_vfs*, sqlite3_int64* time) {
  *time = julian_day_1970_ms + world().now.ms;
  return SQLITE_OK;
}

int current_time(sqlite3_vfs*, double* time) {
  *time = static_cast<double>(julian_day_1970_ms + world().now.ms) / 86'400'000.0;
  return SQLITE_OK;
}

int last_error(sqlite3_vfs*, int, char*) { return 0; }

sqlite3_vfs& vfs() {
  static sqlite3_vfs instance = {
      .iVersion = 2,
      .szOsFile = sizeof(File),
      .mxPathname = 512,
      .zName = vfs_name,
      .xOpen = WithMemory<open>::call,
      .xDelete = WithMemory<remove>::call,
      .xAccess = WithMemory<access>::call,
      .xFullPathname = full_path,
      .xRandomness = randomness,
      .xSleep = sleep,
      .xCurrentTime = current_time,
      .xGetLastError = last_error,
      .xCurrentTimeInt64 = current_time_ms,
  };
  return instance;
}

}  // namespace

SqliteDisk::SqliteDisk(Disk& disk) {
  assert(world().disk == nullptr);
  world() = {};
  world().disk = &disk;
  sqlite3_vfs_register(&vfs(), 0);
}

SqliteDisk::~SqliteDisk() {
  assert(!is_open());
  sqlite3_vfs_unregister(&vfs());
  world() = {};
}

void SqliteDisk::set_time(Instant now) { world().now = now; }

bool SqliteDisk::is_open() const {
  return std::ranges::any_of(world().nodes,
                             [](const auto& node) { return node.second.handles > 0; });
}

}  // namespace yuanyue::sim
