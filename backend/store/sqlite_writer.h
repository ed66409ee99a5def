// The connection that writes a store's file, for one caller at a time, and the watch over whether
// the file is still the store's own. Store and AuthStore share one.
#pragma once

#include <memory>
#include <mutex>
#include <string>

#include "backend/store/file_watch.h"
#include "backend/store/sqlite.h"

namespace yuanyue {

class SqliteWriter {
 public:
  // Opens or creates the file and brings its schema up to date; throws SqliteError. `vfs` as in
  // SqliteConnection; files of another file system than the machine's own are not watched.
  SqliteWriter(const std::string& path, const std::string& vfs, int checkpoint_pages);

  const std::string& path() const { return path_; }
  const std::string& vfs() const { return vfs_; }
  // Null when nothing is watched.
  const std::shared_ptr<FileWatch>& watch() const { return watch_; }

  // Whoever uses the connection holds its turn meanwhile.
  [[nodiscard]] std::unique_lock<std::mutex> turn() { return std::unique_lock(mutex_); }
  SqliteConnection& connection() { return connection_; }
  // Before a commit, so that nothing is written where nobody will find it; after it, so that
  // nothing of that kind is acknowledged. Throws SqliteError. Requires the turn.
  void expect_own_files();

  // `body` in a turn of its own, with the connection. Any thread.
  template <class Body>
  auto read(Body body) {
    const auto held = turn();
    return guarded([&] { return body(connection_); });
  }
  // The same, unless the files are not the store's own.
  template <class Body>
  auto write(Body body) {
    const auto held = turn();
    return guarded([&] {
      expect_own_files();
      return body(connection_);
    });
  }

 private:
  void save_what_is_open();

  const std::string path_;
  const std::string vfs_;
  std::mutex mutex_;  // guards what follows, but not watch_
  SqliteConnection connection_;
  bool is_open_saved_ = false;
  const std::shared_ptr<FileWatch> watch_;
};

}  // namespace yuanyue
