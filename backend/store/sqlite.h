// A thin, exception-throwing layer over the SQLite C API: connections and prepared statements.
// Not thread-safe: one connection and its statements belong to one thread at a time.
#pragma once

#include <cstdint>
#include <new>
#include <stdexcept>
#include <string>
#include <string_view>
#include <type_traits>

#include <sqlite3.h>

#include "backend/store/store_result.h"

namespace yuanyue {

class SqliteError : public std::runtime_error {
 public:
  SqliteError(const std::string& message, StoreFault fault)
      : std::runtime_error(message), fault_(fault) {}
  // What the connection says of its last call, which gave `code`.
  SqliteError(sqlite3* connection, int code);
  StoreFault fault() const { return fault_; }

 private:
  StoreFault fault_;
};

enum class SqliteAccess : std::uint8_t { read_only, read_write };

class SqliteConnection {
 public:
  // `vfs`: SQLite's name of the file system; empty for the machine's own.
  SqliteConnection(const std::string& path, SqliteAccess access, const std::string& vfs = {});
  ~SqliteConnection();
  SqliteConnection(const SqliteConnection&) = delete;
  SqliteConnection& operator=(const SqliteConnection&) = delete;

  void execute(const char* sql);  // one or more statements without parameters
  sqlite3* handle() const { return handle_; }
  bool in_transaction() const { return sqlite3_get_autocommit(handle_) == 0; }

 private:
  sqlite3* handle_ = nullptr;
};

// Prepared once, run many times. Bound texts must outlive step().
class SqliteStatement {
 public:
  SqliteStatement(SqliteConnection& connection, const char* sql);
  ~SqliteStatement();
  SqliteStatement(const SqliteStatement&) = delete;
  SqliteStatement& operator=(const SqliteStatement&) = delete;

  SqliteStatement& bind(int index, std::string_view text);
  SqliteStatement& bind(int index, std::int64_t value);
  SqliteStatement& bind_null(int index);

  bool step();  // true: a row is there; false: done
  void reset();
  void run() {  // for statements without rows
    while (step()) {
    }
    reset();
  }

  // Valid until the next step() or reset().
  std::string_view text(int column) const;
  std::int64_t integer(int column) const;
  int column_count() const { return sqlite3_column_count(statement_); }

 private:
  [[noreturn]] void fail() const;

  sqlite3* connection_;
  sqlite3_stmt* statement_ = nullptr;
};

// Resets a statement when the scope ends, however it ends.
class SqliteReset {
 public:
  explicit SqliteReset(SqliteStatement& statement) : statement_(statement) {}
  ~SqliteReset() { statement_.reset(); }
  SqliteReset(const SqliteReset&) = delete;
  SqliteReset& operator=(const SqliteReset&) = delete;

 private:
  SqliteStatement& statement_;
};

// Rolls back unless committed.
class SqliteTransaction {
 public:
  SqliteTransaction(SqliteConnection& connection, const char* begin);
  ~SqliteTransaction();
  SqliteTransaction(const SqliteTransaction&) = delete;
  SqliteTransaction& operator=(const SqliteTransaction&) = delete;
  void commit();

 private:
  SqliteConnection& connection_;
  bool open_ = true;
};

// Runs `body`, turning SqliteError and want of memory into StoreError.
template <class Body>
auto guarded(Body body) -> StoreResult<decltype(body())> {
  try {
    if constexpr (std::is_void_v<decltype(body())>) {
      body();
      return {};
    } else {
      return body();
    }
  } catch (const SqliteError& error) {
    return std::unexpected(StoreError{error.what(), error.fault()});
  } catch (const std::bad_alloc&) {
    return std::unexpected(StoreError{{}, StoreFault::no_memory});
  }
}

}  // namespace yuanyue
