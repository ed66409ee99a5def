#include "backend/store/sqlite_log.h"

#include <algorithm>
#include <array>
#include <memory>
#include <vector>

#include "backend/store/sqlite.h"

namespace yuanyue {

namespace {

// SQLite's file systems take less than 128 KiB at a time, and call anything more a full disk.
constexpr sqlite3_int64 piece_bytes = 64 * 1024;

void check(int code) {
  if ((code & 0xff) == SQLITE_OK) return;  // also SQLITE_OK_SYMLINK
  const bool is_full = (code & 0xff) == SQLITE_FULL;
  throw SqliteError(sqlite3_errstr(code),
                    is_full ? StoreFault::disk_full : StoreFault::failed_write);
}

struct FreeFilename {
  void operator()(const char* name) const { sqlite3_free_filename(const_cast<char*>(name)); }
};

// A file opened through SQLite's file system, without a connection.
class LogFile {
 public:
  LogFile(sqlite3_vfs& vfs, const char* name)
      : memory_(static_cast<std::size_t>(vfs.szOsFile)),
        file_(reinterpret_cast<sqlite3_file*>(memory_.data())) {
    int opened = 0;
    const int code = vfs.xOpen(&vfs, name, file_, SQLITE_OPEN_READWRITE | SQLITE_OPEN_WAL, &opened);
    if (code != SQLITE_OK) close();
    check(code);
    is_read_only_ = (opened & SQLITE_OPEN_READONLY) != 0;
  }
  ~LogFile() { close(); }
  LogFile(const LogFile&) = delete;
  LogFile& operator=(const LogFile&) = delete;

  void write_again() {
    if (is_read_only_) return;  // nothing can be promised on such a disk anyway
    sqlite3_int64 size = 0;
    check(file_->pMethods->xFileSize(file_, &size));
    if (size == 0) return;
    std::vector<char> piece(static_cast<std::size_t>(std::min(size, piece_bytes)));
    for (sqlite3_int64 at = 0; at < size; at += piece_bytes) {
      const int count = static_cast<int>(std::min(piece_bytes, size - at));
      check(file_->pMethods->xRead(file_, piece.data(), count, at));
      check(file_->pMethods->xWrite(file_, piece.data(), count, at));
    }
    check(file_->pMethods->xSync(file_, SQLITE_SYNC_NORMAL));
  }

 private:
  void close() {
    if (file_->pMethods != nullptr) file_->pMethods->xClose(file_);
    file_->pMethods = nullptr;
  }

  std::vector<char> memory_;
  sqlite3_file* file_;
  bool is_read_only_ = false;
};

}  // namespace

void make_log_durable(const std::string& store_path, const std::string& vfs) {
  sqlite3_initialize();
  sqlite3_vfs* system = sqlite3_vfs_find(vfs.empty() ? nullptr : vfs.c_str());
  if (system == nullptr) throw SqliteError("there is no file system " + vfs, StoreFault::other);
  std::array<char, 4'096> full{};
  check(system->xFullPathname(system, store_path.c_str(), static_cast<int>(full.size()),
                              full.data()));
  const std::string path = full.data();
  const std::string log = path + "-wal";
  int exists = 0;
  check(system->xAccess(system, log.c_str(), SQLITE_ACCESS_EXISTS, &exists));
  if (exists == 0) return;
  const std::unique_ptr<const char, FreeFilename> name(
      sqlite3_create_filename(path.c_str(), (path + "-journal").c_str(), log.c_str(), 0, nullptr));
  if (name == nullptr) throw SqliteError("out of memory", StoreFault::other);
  LogFile(*system, sqlite3_filename_wal(name.get())).write_again();
}

}  // namespace yuanyue
