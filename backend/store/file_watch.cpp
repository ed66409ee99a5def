#include "backend/store/file_watch.h"

#include <algorithm>
#include <cerrno>

#include <sys/stat.h>
#include <unistd.h>

namespace yuanyue {

FileWatch::FileWatch(const std::string& store_path)
    : database_{.path = store_path, .what = "database"},
      log_{.path = store_path + "-wal", .what = "write-ahead log"},
      index_{.path = store_path + "-shm", .what = "log's index", .may_shrink = true} {}

void FileWatch::begin() {
  const std::lock_guard lock(mutex_);
  for (Seen* file : {&database_, &log_, &index_}) {
    struct stat found{};
    if (::stat(file->path.c_str(), &found) != 0) continue;  // look() says that it is missing
    file->device = found.st_dev;
    file->inode = found.st_ino;
    file->bytes = found.st_size;
  }
  is_watching_ = true;
}

std::optional<StoreError> FileWatch::look() {
  const std::lock_guard lock(mutex_);
  if (!is_watching_ || replaced_) return replaced_;
  for (Seen* file : {&database_, &log_, &index_}) {
    if (auto problem = look_at(*file)) return problem;
  }
  return std::nullopt;
}

void FileWatch::cut_by_ourselves(bool will_database_shrink) {
  const std::lock_guard lock(mutex_);
  database_.may_shrink = will_database_shrink;
  for (Seen* file : {&database_, &log_, &index_}) {
    struct stat found{};
    if (::stat(file->path.c_str(), &found) != 0) continue;
    if (found.st_ino == file->inode && found.st_dev == file->device) file->bytes = found.st_size;
  }
}

void FileWatch::part_log_from_another_database() const {
  const std::lock_guard lock(mutex_);
  struct stat found{};
  const auto is_ours = [&](const Seen& file) {
    return found.st_ino == file.inode && found.st_dev == file.device;
  };
  if (::stat(database_.path.c_str(), &found) != 0 || is_ours(database_)) return;
  for (const Seen* file : {&log_, &index_}) {
    if (::stat(file->path.c_str(), &found) == 0 && is_ours(*file)) ::unlink(file->path.c_str());
  }
}

std::optional<StoreError> FileWatch::look_at(Seen& file) {
  struct stat found{};
  const bool is_there = ::stat(file.path.c_str(), &found) == 0;
  if (!is_there && errno != ENOENT) return std::nullopt;  // nothing can be said; SQLite will
  if (!is_there || found.st_ino != file.inode || found.st_dev != file.device) {
    replaced_ = StoreError{"the " + std::string(file.what) + " " + file.path +
                               (is_there ? " is another file" : " is gone") +
                               ": what is open has no name any more",
                           StoreFault::replaced};
    return replaced_;
  }
  if (!file.may_shrink && found.st_size < file.bytes) {
    return StoreError{"the " + std::string(file.what) + " " + file.path + " was cut short",
                      StoreFault::corrupt};
  }
  file.bytes = std::max(file.bytes, static_cast<std::int64_t>(found.st_size));
  return std::nullopt;
}

}  // namespace yuanyue
