// A read connection with its prepared statements.
#pragma once

#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "backend/store/sqlite.h"
#include "backend/store/store.h"

namespace yuanyue {

class SqliteReader : public StoreReader {
 public:
  explicit SqliteReader(const std::string& path, const std::string& vfs = {});

  StoreResult<Delta> delta(const DeltaRequest& request) override;
  StoreResult<StoreHead> head() override;
  StoreResult<std::int64_t> view_epoch(std::string_view user) override;
  StoreResult<std::optional<StoredCredential>> credential(std::string_view user) override;
  StoreResult<void> each_row(const std::function<void(const StoredRow&)>& visit) override;
  StoreResult<void> each_ledger_entry(
      const std::function<bool(const StoredLedgerEntry&)>& visit) override;

 private:
  using AudienceIds = std::vector<std::int64_t>;

  StoreHead read_head();
  std::int64_t read_view_epoch(std::string_view user);
  std::optional<StoredClient> read_client(std::string_view client);
  std::string read_row(std::string_view key);
  AudienceIds read_audiences(const std::vector<std::string>& names);
  void read_rows(const AudienceIds& audiences, std::int64_t since, Delta& delta);
  void read_tombstones(const AudienceIds& audiences, std::int64_t since, Delta& delta);
  void read_ledger(const AudienceIds& audiences, std::int64_t since, Delta& delta);
  void read_results(std::string_view client, std::int64_t since, Delta& delta);
  bool sees(const AudienceIds& audiences, std::int64_t row);

  SqliteConnection connection_;
  SqliteStatement meta_;
  SqliteStatement audience_;
  SqliteStatement row_;
  SqliteStatement rows_since_;
  SqliteStatement tombstones_since_;
  SqliteStatement seen_;
  SqliteStatement ledger_since_;
  SqliteStatement results_since_;
  SqliteStatement client_;
  SqliteStatement view_epoch_;
  SqliteStatement credential_;
  SqliteStatement all_rows_;
  SqliteStatement ledger_;
};

// Hands out readers and takes them back. Any thread.
class SqliteReaderPool : public std::enable_shared_from_this<SqliteReaderPool> {
 public:
  explicit SqliteReaderPool(std::string path, std::string vfs = {})
      : path_(std::move(path)), vfs_(std::move(vfs)) {}
  // Never null; a reader that cannot be opened gives its error to every question.
  std::shared_ptr<StoreReader> take();

 private:
  void give_back(SqliteReader* reader);

  std::string path_;
  std::string vfs_;
  std::mutex mutex_;
  std::vector<std::unique_ptr<SqliteReader>> idle_;
};

// Runs `body`, turning SqliteError into StoreError.
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
  }
}

}  // namespace yuanyue
