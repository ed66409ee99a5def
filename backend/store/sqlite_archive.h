// The archive's tables, in transactions of the caller's. Not thread-safe: whoever calls has the
// writer's turn.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "backend/store/sqlite.h"
#include "backend/store/store.h"

namespace yuanyue {

class SqliteArchive {
 public:
  explicit SqliteArchive(SqliteConnection& connection);  // outlives it

  // Puts the row on the shelves of these audiences. Throws SqliteError, as the next.
  void add(const RowWrite& row, const std::vector<std::int64_t>& audiences, std::int64_t revision);
  bool holds(const std::string& kind, const std::string& key);

  // However the transaction ended.
  void ended() noexcept { greatest_.clear(); }

 private:
  std::int64_t shelf_id(std::int64_t audience, const std::string& kind, const std::string& service);
  const std::string& greatest_key(const std::string& kind);

  SqliteStatement add_row_;
  SqliteStatement find_row_;
  SqliteStatement greatest_row_;
  SqliteStatement find_shelf_;
  SqliteStatement add_shelf_;
  SqliteStatement add_place_;
  std::map<std::string, std::string> greatest_;  // by kind, as far as it was asked
};

}  // namespace yuanyue
