// Are the files that the process has open still those that stand under their names? A database that
// was replaced, or a write-ahead log that was deleted, takes writes without an error: they go into
// files that nobody will find again.
#pragma once

#include <cstdint>
#include <mutex>
#include <optional>
#include <string>

#include "backend/store/store_result.h"

namespace yuanyue {

// Any thread.
class FileWatch {
 public:
  explicit FileWatch(const std::string& store_path);

  // Takes the files as they are now for the process's own. Call once they are open.
  void begin();
  // nullopt: they are there, the same, and none is shorter than it was. Three look-ups of a name.
  // `replaced` does not heal: the files that are open have no name any more, whatever comes back.
  std::optional<StoreError> look();
  // The process has cut its own files: they may be shorter from now on. The database also later,
  // while SQLite has not put back all of a log that makes it shorter.
  void cut_by_ourselves(bool will_database_shrink);
  // When another database stands under its name: takes our log and its index from beside it, whose
  // changes SQLite would otherwise put into it at the next start. Both stay open.
  void part_log_from_another_database() const;

 private:
  struct Seen {
    std::string path;
    const char* what;  // for people
    std::uint64_t device = 0;
    std::uint64_t inode = 0;
    std::int64_t bytes = 0;
    bool may_shrink = false;
  };
  std::optional<StoreError> look_at(Seen& file);

  mutable std::mutex mutex_;
  bool is_watching_ = false;
  Seen database_;
  Seen log_;
  Seen index_;
  std::optional<StoreError> replaced_;
};

}  // namespace yuanyue
