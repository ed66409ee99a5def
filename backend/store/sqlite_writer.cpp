#include "backend/store/sqlite_writer.h"

#include <utility>

#include "backend/store/sqlite_log.h"
#include "backend/store/sqlite_migrations.h"

namespace yuanyue {

SqliteWriter::SqliteWriter(const std::string& path, const std::string& vfs, int checkpoint_pages)
    : path_(path),
      vfs_(vfs),
      connection_((make_log_durable(path, vfs), path), SqliteAccess::read_write, vfs),
      watch_(vfs.empty() ? std::make_shared<FileWatch>(path) : nullptr) {
  connection_.execute(
      "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;"
      "PRAGMA cache_size=-32768; PRAGMA temp_store=MEMORY;");
  sqlite3_wal_autocheckpoint(connection_.handle(), checkpoint_pages);
  set_up_schema(connection_, path);
}

void SqliteWriter::expect_own_files() {
  if (!watch_) return;
  const auto problem = watch_->look();
  if (!problem) return;
  if (problem->fault == StoreFault::replaced) save_what_is_open();
  throw SqliteError(problem->message, problem->fault);
}

// A log that was deleted still holds what was acknowledged since the last checkpoint. Once: it
// goes into the database, which may well be there; and no file of that name is deleted at the
// end, it is somebody else's.
void SqliteWriter::save_what_is_open() {
  if (std::exchange(is_open_saved_, true)) return;
  int keep = 1;
  sqlite3_file_control(connection_.handle(), nullptr, SQLITE_FCNTL_PERSIST_WAL, &keep);
  sqlite3_wal_checkpoint_v2(connection_.handle(), nullptr, SQLITE_CHECKPOINT_PASSIVE, nullptr,
                            nullptr);
  watch_->part_log_from_another_database();
}

}  // namespace yuanyue
