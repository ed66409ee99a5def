// A read connection with its prepared statements. A store of an older schema can be read whole, so
// that it can be checked, copied and restored; pulls need the tables of this program's.
#pragma once

#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "backend/store/audience_ids.h"
#include "backend/store/file_watch.h"
#include "backend/store/sqlite.h"
#include "backend/store/sqlite_history.h"
#include "backend/store/store.h"

namespace yuanyue {

class SqliteReader : public StoreReader {
 public:
  explicit SqliteReader(
      const std::string& path, const std::string& vfs = {},
      std::shared_ptr<AudienceIds> known_audiences = std::make_shared<AudienceIds>());

  StoreResult<Delta> delta(const DeltaRequest& request) override;
  StoreResult<StoreHead> head() override;
  StoreResult<std::int64_t> view_epoch(std::string_view user) override;
  StoreResult<HistoryPage> history(const HistoryRequest& request) override;
  StoreResult<Timeline> timeline(const TimelineRequest& request) override;
  StoreResult<void> each_row(
      const std::function<void(const StoreHead&, const StoredRow&)>& visit) override;
  StoreResult<void> each_archived_row(const std::function<void(const StoredRow&)>& visit) override;
  StoreResult<std::int64_t> stray_detail() override;
  StoreResult<std::int64_t> entry_of_hash(std::string_view hash) override;
  StoreResult<StoreHead> each_ledger_entry(
      const std::function<bool(const StoredLedgerEntry&)>& visit) override;
  // For the AuthStore, and to look into a store that nobody serves.
  StoreResult<std::optional<StoredCredential>> credential(std::string_view user);

 private:
  using Ids = std::vector<std::int64_t>;
  struct PullStatements {
    explicit PullStatements(SqliteConnection& connection);
    SqliteStatement audience;
    SqliteStatement row;
    SqliteStatement row_id;
    SqliteStatement log_since;
    SqliteStatement log_whole;
    SqliteStatement seen;
    SqliteStatement results_since;
    SqliteStatement client;
  };

  PullStatements& pull();

  StoreHead read_head();
  std::int64_t read_view_epoch(std::string_view user);
  std::optional<StoredClient> read_client(std::string_view client);
  std::string read_row(std::string_view key);
  Ids read_audiences(const std::vector<std::string>& names);
  void read_log(const Ids& audiences, std::int64_t since, Delta& delta);
  void read_results(std::string_view client, std::int64_t since, Delta& delta);
  bool sees(const Ids& audiences, std::int64_t row);
  std::optional<std::string> read_seen_row(const Ids& audiences, std::string_view key);

  SqliteConnection connection_;
  SqliteStatement meta_;
  SqliteStatement view_epoch_;
  SqliteStatement credential_;
  SqliteStatement all_rows_;
  const bool has_notes_beside_;         // as stores have since schema 7
  std::optional<PullStatements> pull_;  // made when it is first needed, as the next
  std::optional<SqliteHistory> history_;
  std::shared_ptr<AudienceIds> known_audiences_;
};

// Hands out readers and takes them back. Any thread.
class SqliteReaderPool : public std::enable_shared_from_this<SqliteReaderPool> {
 public:
  // `watch` may be null: the files are then taken for the store's own, whatever happens.
  SqliteReaderPool(std::string path, std::string vfs, std::shared_ptr<AudienceIds> known_audiences,
                   std::shared_ptr<FileWatch> watch)
      : path_(std::move(path)),
        vfs_(std::move(vfs)),
        known_audiences_(std::move(known_audiences)),
        watch_(std::move(watch)) {}
  // The error: it cannot be opened, or the files are not the store's own.
  StoreResult<std::shared_ptr<SqliteReader>> lend();
  // Never null; a reader that cannot be had gives its error to every question.
  std::shared_ptr<StoreReader> take();

 private:
  void give_back(std::unique_ptr<SqliteReader> reader) noexcept;

  std::string path_;
  std::string vfs_;
  std::shared_ptr<AudienceIds> known_audiences_;
  std::shared_ptr<FileWatch> watch_;
  std::mutex mutex_;
  std::vector<std::unique_ptr<SqliteReader>> idle_;
};

}  // namespace yuanyue
