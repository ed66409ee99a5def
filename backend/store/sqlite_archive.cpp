#include "backend/store/sqlite_archive.h"

namespace yuanyue {

SqliteArchive::SqliteArchive(SqliteConnection& connection)
    : add_row_(connection,
               "INSERT INTO archive (kind, key, json, finished_ms, revision, owner)"
               " VALUES (?1, ?2, ?3, ?4, ?5, ?6) RETURNING number"),
      find_row_(connection, "SELECT 1 FROM archive WHERE kind = ?1 AND key = ?2"),
      greatest_row_(connection, "SELECT max(key) FROM archive WHERE kind = ?1"),
      find_shelf_(connection,
                  "SELECT id FROM shelves WHERE audience = ?1 AND kind = ?2 AND service = ?3"),
      add_shelf_(connection,
                 "INSERT INTO shelves (audience, kind, service) VALUES (?1, ?2, ?3) RETURNING id"),
      add_place_(connection,
                 "INSERT INTO shelved (shelf, finished_ms, number) VALUES (?1, ?2, ?3)") {}

void SqliteArchive::add(const RowWrite& row, const std::vector<std::int64_t>& audiences,
                        std::int64_t revision) {
  add_row_.bind(1, row.kind).bind(2, row.key).bind(3, row.json);
  add_row_.bind(4, row.archived->finished_ms).bind(5, revision);
  add_row_.bind(6, row.archived->owner).step();
  const std::int64_t number = add_row_.integer(0);
  add_row_.reset();
  for (const std::int64_t audience : audiences) {
    for (const std::string& service : {std::string(), row.archived->service}) {
      add_place_.bind(1, shelf_id(audience, row.kind, service));
      add_place_.bind(2, row.archived->finished_ms).bind(3, number).run();
      if (row.archived->service.empty()) break;
    }
  }
}

std::int64_t SqliteArchive::shelf_id(std::int64_t audience, const std::string& kind,
                                     const std::string& service) {
  {
    const SqliteReset reset(find_shelf_);
    if (find_shelf_.bind(1, audience).bind(2, kind).bind(3, service).step()) {
      return find_shelf_.integer(0);
    }
  }
  const SqliteReset reset(add_shelf_);
  add_shelf_.bind(1, audience).bind(2, kind).bind(3, service).step();
  return add_shelf_.integer(0);
}

// Ids are time-ordered, so that a new one is greater than all that were archived, and need not be
// looked for; those that are not cost a look-up.
bool SqliteArchive::holds(const std::string& kind, const std::string& key) {
  if (key > greatest_key(kind)) return false;
  const SqliteReset reset(find_row_);
  return find_row_.bind(1, kind).bind(2, key).step();
}

const std::string& SqliteArchive::greatest_key(const std::string& kind) {
  const auto known = greatest_.find(kind);
  if (known != greatest_.end()) return known->second;
  const SqliteReset reset(greatest_row_);
  std::string key;
  if (greatest_row_.bind(1, kind).step()) key = greatest_row_.text(0);
  return greatest_.emplace(kind, std::move(key)).first->second;
}

}  // namespace yuanyue
