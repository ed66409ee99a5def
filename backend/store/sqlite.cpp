#include "backend/store/sqlite.h"

#include <cerrno>

namespace yuanyue {

namespace {

constexpr int busy_timeout_ms = 5'000;

StoreFault fault_of(int code, int system_error) {
  if (code == SQLITE_IOERR_NOMEM) return StoreFault::no_memory;
  switch (code & 0xff) {
    case SQLITE_NOMEM:
      return StoreFault::no_memory;
    case SQLITE_FULL:
      return StoreFault::disk_full;
    case SQLITE_READONLY:
    case SQLITE_PERM:
      return StoreFault::read_only;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      return StoreFault::corrupt;
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return StoreFault::busy;
    case SQLITE_IOERR:
    case SQLITE_CANTOPEN:
      break;
    default:
      return StoreFault::other;
  }
  if (system_error == ENOSPC || system_error == EDQUOT || system_error == EFBIG) {
    return StoreFault::disk_full;
  }
  if (system_error == EROFS || system_error == EACCES || system_error == EPERM) {
    return StoreFault::read_only;
  }
  return (code & 0xff) == SQLITE_IOERR ? StoreFault::failed_write : StoreFault::other;
}

std::string message_of(sqlite3* connection) {
  return connection == nullptr ? "out of memory" : sqlite3_errmsg(connection);
}

}  // namespace

std::string_view name_of(StoreFault fault) {
  switch (fault) {
    case StoreFault::disk_full:
      return "disk_full";
    case StoreFault::read_only:
      return "read_only";
    case StoreFault::failed_write:
      return "failed_write";
    case StoreFault::corrupt:
      return "corrupt";
    case StoreFault::busy:
      return "busy";
    case StoreFault::no_memory:
      return "no_memory";
    case StoreFault::diverged:
      return "diverged";
    case StoreFault::replaced:
      return "replaced";
    case StoreFault::other:
      break;
  }
  return "other";
}

SqliteError::SqliteError(sqlite3* connection, int code)
    : std::runtime_error(message_of(connection)), fault_(fault_of(code, errno)) {}

SqliteConnection::SqliteConnection(const std::string& path, SqliteAccess access,
                                   const std::string& vfs) {
  const int flags = SQLITE_OPEN_NOMUTEX | (access == SqliteAccess::read_only
                                               ? SQLITE_OPEN_READONLY
                                               : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE);
  errno = 0;
  const int code =
      sqlite3_open_v2(path.c_str(), &handle_, flags, vfs.empty() ? nullptr : vfs.c_str());
  if (code != SQLITE_OK) {
    const SqliteError error(handle_, code);
    sqlite3_close(handle_);
    throw SqliteError(error);
  }
  sqlite3_extended_result_codes(handle_, 1);
  sqlite3_busy_timeout(handle_, busy_timeout_ms);
}

SqliteConnection::~SqliteConnection() { sqlite3_close_v2(handle_); }

void SqliteConnection::execute(const char* sql) {
  errno = 0;  // sqlite3_system_errno() does not know why a COMMIT failed
  const int code = sqlite3_exec(handle_, sql, nullptr, nullptr, nullptr);
  if (code != SQLITE_OK) throw SqliteError(handle_, code);
}

SqliteStatement::SqliteStatement(SqliteConnection& connection, const char* sql)
    : connection_(connection.handle()) {
  const int code =
      sqlite3_prepare_v3(connection_, sql, -1, SQLITE_PREPARE_PERSISTENT, &statement_, nullptr);
  if (code != SQLITE_OK) throw SqliteError(connection_, code);
}

SqliteStatement::~SqliteStatement() { sqlite3_finalize(statement_); }

SqliteStatement& SqliteStatement::bind(int index, std::string_view text) {
  const char* data = text.data() == nullptr ? "" : text.data();
  if (sqlite3_bind_text64(statement_, index, data, text.size(), SQLITE_STATIC, SQLITE_UTF8) !=
      SQLITE_OK) {
    fail();
  }
  return *this;
}

SqliteStatement& SqliteStatement::bind(int index, std::int64_t value) {
  if (sqlite3_bind_int64(statement_, index, value) != SQLITE_OK) fail();
  return *this;
}

SqliteStatement& SqliteStatement::bind_null(int index) {
  if (sqlite3_bind_null(statement_, index) != SQLITE_OK) fail();
  return *this;
}

bool SqliteStatement::step() {
  errno = 0;
  const int code = sqlite3_step(statement_);
  if (code == SQLITE_ROW) return true;
  if (code == SQLITE_DONE) return false;
  // Reset after the error is made, because a reset may change what the connection says, and also
  // when there is no memory to make it.
  const SqliteReset reset(*this);
  throw SqliteError(connection_, code);
}

void SqliteStatement::reset() { sqlite3_reset(statement_); }

std::string_view SqliteStatement::text(int column) const {
  const auto* data = reinterpret_cast<const char*>(sqlite3_column_text(statement_, column));
  if (data == nullptr) return {};
  return {data, static_cast<std::size_t>(sqlite3_column_bytes(statement_, column))};
}

std::int64_t SqliteStatement::integer(int column) const {
  return sqlite3_column_int64(statement_, column);
}

void SqliteStatement::fail() const { throw SqliteError(connection_, sqlite3_errcode(connection_)); }

SqliteTransaction::SqliteTransaction(SqliteConnection& connection, const char* begin)
    : connection_(connection) {
  connection_.execute(begin);
}

SqliteTransaction::~SqliteTransaction() {
  // SQLite has rolled back by itself after some errors (disk full, I/O).
  if (open_ && connection_.in_transaction()) {
    sqlite3_exec(connection_.handle(), "ROLLBACK", nullptr, nullptr, nullptr);
  }
}

void SqliteTransaction::commit() {
  connection_.execute("COMMIT");
  open_ = false;
}

}  // namespace yuanyue
