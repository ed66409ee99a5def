// Counts the work of SQLite's virtual machine, which says what a query costs without a clock.
#pragma once

#include <cstdint>
#include <vector>

#include <sqlite3.h>

namespace yuanyue {

// Of all connections opened while it lives; they must be open still when it is asked. One at a
// time.
class SqliteSteps {
 public:
  SqliteSteps() {
    opened().clear();
    sqlite3_auto_extension(reinterpret_cast<void (*)()>(remember));
  }
  ~SqliteSteps() { sqlite3_cancel_auto_extension(reinterpret_cast<void (*)()>(remember)); }
  SqliteSteps(const SqliteSteps&) = delete;
  SqliteSteps& operator=(const SqliteSteps&) = delete;

  std::int64_t count() const {
    std::int64_t steps = 0;
    for (sqlite3* connection : opened()) {
      for (sqlite3_stmt* statement = sqlite3_next_stmt(connection, nullptr); statement != nullptr;
           statement = sqlite3_next_stmt(connection, statement)) {
        steps += sqlite3_stmt_status(statement, SQLITE_STMTSTATUS_VM_STEP, 0);
      }
    }
    return steps;
  }

 private:
  static std::vector<sqlite3*>& opened() {
    static std::vector<sqlite3*> connections;
    return connections;
  }
  static int remember(sqlite3* connection, const char**, const sqlite3_api_routines*) {
    opened().push_back(connection);
    return SQLITE_OK;
  }
};

}  // namespace yuanyue
