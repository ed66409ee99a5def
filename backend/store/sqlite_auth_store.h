// The AuthStore on one SQLite file.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "backend/store/auth_store.h"
#include "backend/store/sqlite_reader.h"
#include "backend/store/sqlite_writer.h"

namespace yuanyue {

class SqliteAuthStore : public AuthStore {
 public:
  SqliteAuthStore(std::shared_ptr<SqliteWriter> writer, std::shared_ptr<SqliteReaderPool> readers);

  StoreResult<std::optional<StoredCredential>> credential(std::string_view user) override;
  StoreResult<std::vector<SessionRecord>> sessions() override;
  StoreResult<bool> start_session(const SessionStart& start) override;
  StoreResult<void> touch_session(std::string_view token_hash, std::int64_t seen_ms) override;
  StoreResult<void> erase_session(std::string_view token_hash) override;
  StoreResult<void> erase_sessions_before(std::int64_t created_ms, std::int64_t seen_ms) override;
  StoreResult<std::vector<FailureRecord>> failures() override;
  StoreResult<void> save_failures(const std::vector<FailureRecord>& failures) override;
  StoreResult<void> erase_failures(const std::vector<std::string>& subjects) override;
  StoreResult<void> erase_failures_before(std::int64_t last_ms) override;
  StoreResult<std::string> secret(std::string_view name, std::string_view made) override;
  StoreResult<void> add_auth_event(const AuthEvent& event) override;

 private:
  template <class Bind>
  StoreResult<void> run(const char* sql, Bind bind);

  const std::shared_ptr<SqliteWriter> writer_;
  const std::shared_ptr<SqliteReaderPool> readers_;
};

}  // namespace yuanyue
