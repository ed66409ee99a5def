// Both stores on one SQLite file: WAL, synchronous=FULL, one write connection under a mutex, and a
// pool of read connections.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "backend/store/stores.h"

namespace yuanyue {

struct SqliteStoreOptions {
  std::string path;
  // For tests: called before each step of a commit with its name ("begin", "rows", "ledger",
  // "results", "erase", "commit"); returning true makes that step fail as a full disk would.
  std::function<bool(std::string_view step)> fail_at{};
  // For the simulation: SQLite's name of the file system, empty for the machine's own.
  std::string vfs{};
  int checkpoint_pages = 8'000;  // of the write-ahead log
};

// Opens or creates. An error when the file is no store or is of another schema version.
StoreResult<Stores> open_sqlite_stores(SqliteStoreOptions options);

}  // namespace yuanyue
