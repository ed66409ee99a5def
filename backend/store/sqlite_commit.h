// Writes what one commit holds into the tables, in a transaction of the caller's. Not thread-safe:
// whoever calls has the writer's turn.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <unordered_map>

#include "backend/store/audience_ids.h"
#include "backend/store/sqlite.h"
#include "backend/store/sqlite_archive.h"
#include "backend/store/store.h"

namespace yuanyue {

class SqliteCommit {
 public:
  // The connection outlives it.
  SqliteCommit(SqliteConnection& connection, std::shared_ptr<AudienceIds> known_audiences);

  // Each throws SqliteError.
  // `next` is the head after it, as below.
  void write_rows(const CommitBatch& batch, StoreHead& next);
  // Chains the entries.
  void write_ledger(const CommitBatch& batch, StoreHead& next);
  // Call when all else is written.
  void erase(const CommitBatch& batch, StoreHead& next);
  // Results, clients, credentials, ends of sessions and view epochs.
  void write_people(const CommitBatch& batch);
  void write_row_form(const StoreHead& before, const StoreHead& next);
  void write_head(const StoreHead& next);

  SqliteArchive& archive() { return archive_; }

  // However the transaction ended: names of audiences that it made are known from then on, or not.
  void ended(bool committed) noexcept;

 private:
  struct RowPlace {
    std::int64_t id = 0;
    std::int64_t old_revision = 0;  // 0: it was not there
  };
  RowPlace find_row(const std::string& key);
  void write_row_mark(const std::string& name, const RowPlace& place, std::int64_t revision,
                      bool deleted);
  void move_to_archive(const RowWrite& row, std::int64_t revision);
  std::int64_t audience_id(const std::string& name);
  // Gives the text that the chain has of the entry.
  std::string keep_note(const LedgerWrite& entry, std::int64_t number);

  SqliteConnection& connection_;
  SqliteStatement set_meta_;
  SqliteStatement find_row_;
  SqliteStatement add_row_;
  SqliteStatement change_row_;
  SqliteStatement add_mark_;
  SqliteStatement erase_row_mark_;
  SqliteStatement find_audience_;
  SqliteStatement add_audience_;
  SqliteStatement add_ledger_;
  SqliteStatement add_subject_;
  SqliteStatement add_detail_;
  SqliteStatement add_owner_;
  SqliteStatement add_result_;
  SqliteStatement put_client_;
  SqliteStatement forget_client_;
  SqliteStatement put_view_epoch_;
  SqliteArchive archive_;
  std::shared_ptr<AudienceIds> known_audiences_;
  std::unordered_map<std::string, std::int64_t> new_audiences_;  // of the commit under way
};

}  // namespace yuanyue
