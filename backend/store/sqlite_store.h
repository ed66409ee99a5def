// The Store on one SQLite file.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "backend/store/sqlite_commit.h"
#include "backend/store/sqlite_reader.h"
#include "backend/store/sqlite_writer.h"
#include "backend/store/store.h"

namespace yuanyue {

class SqliteStore : public Store {
 public:
  // `fail_at` as in SqliteStoreOptions. Throws SqliteError. From then on the files are watched.
  SqliteStore(std::shared_ptr<SqliteWriter> writer, std::shared_ptr<SqliteReaderPool> readers,
              std::shared_ptr<AudienceIds> known_audiences,
              std::function<bool(std::string_view step)> fail_at);

  StoreHead head() override;
  StoreResult<void> commit(const CommitBatch& batch) override;
  StoreResult<std::vector<StoredClient>> clients() override;
  StoreResult<std::unordered_map<std::string, StoredResult>> results(
      const std::vector<std::string>& commands) override;
  std::shared_ptr<StoreReader> reader() override { return readers_->take(); }
  StoreResult<std::unordered_map<std::string, NamedCommand>> named_commands(
      const std::vector<std::string>& commands) override;
  StoreResult<bool> is_archived(const std::string& kind, const std::string& key) override;
  StoreResult<bool> is_erased(const std::string& owner) override;
  StoreResult<void> sweep() override;
  StoreResult<bool> prune(std::int64_t before_ms, std::int64_t keep_revisions,
                          std::int64_t ledger_before_ms) override;
  StoreResult<void> backup(const std::string& path) override;
  StoreResult<void> keep_copy(std::string_view name) override;

 private:
  void read_head();
  void expect_own_head();
  void write(const CommitBatch& batch);
  bool prune_results(SqliteConnection& connection, std::int64_t before_ms);
  void prune_tombstones(SqliteConnection& connection, std::int64_t oldest_revision);
  bool prune_ledger_marks(SqliteConnection& connection, std::int64_t before_ms);
  void fault(std::string_view step) const;

  const std::shared_ptr<SqliteWriter> writer_;  // its turn guards what follows
  const std::shared_ptr<SqliteReaderPool> readers_;
  const std::function<bool(std::string_view step)> fail_at_;
  SqliteStatement find_revision_;
  SqliteStatement find_result_;
  SqliteStatement find_named_;
  SqliteStatement greatest_forgotten_;
  SqliteStatement find_erased_;
  SqliteCommit commit_;
  StoreHead head_;
};

}  // namespace yuanyue
