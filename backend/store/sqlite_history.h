// What the archive and the ledger say when a user asks, in a snapshot of the caller's. Not
// thread-safe.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "backend/store/sqlite.h"
#include "backend/store/store.h"

namespace yuanyue {

class SqliteHistory {
 public:
  explicit SqliteHistory(SqliteConnection& connection);  // outlives it

  // Audiences by their ids. Each throws SqliteError.
  void read_page(const std::vector<std::int64_t>& audiences, const HistoryRequest& request,
                 HistoryPage& page);
  // nullopt: it is not archived, or none of the audiences saw it.
  std::optional<std::string> read_row(const std::vector<std::int64_t>& audiences,
                                      std::string_view kind, std::string_view key);
  void read_entries(const TimelineRequest& request, Timeline& timeline);

 private:
  std::optional<std::int64_t> shelf_id(std::int64_t audience, std::string_view kind,
                                       std::string_view service);
  std::string row_text(std::int64_t number);
  bool is_on_shelf(std::int64_t audience, std::string_view kind, const HistoryPlace& place);

  SqliteStatement find_shelf_;
  SqliteStatement places_;
  SqliteStatement row_;
  SqliteStatement find_row_;
  SqliteStatement find_place_;
  SqliteStatement entries_;
};

}  // namespace yuanyue
