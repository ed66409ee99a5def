#include "backend/store/sqlite_store.h"

#include <mutex>
#include <unordered_map>
#include <utility>

#include "backend/store/file_watch.h"
#include "backend/store/ledger_chain.h"
#include "backend/store/sqlite_auth.h"
#include "backend/store/sqlite_log.h"
#include "backend/store/sqlite_migrations.h"
#include "backend/store/sqlite_reader.h"

namespace yuanyue {

namespace {

constexpr int prune_step_rows = 2'000;
constexpr int auth_events_kept = 20'000;

void configure(SqliteConnection& connection, int checkpoint_pages) {
  connection.execute(
      "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;"
      "PRAGMA cache_size=-32768; PRAGMA temp_store=MEMORY;");
  sqlite3_wal_autocheckpoint(connection.handle(), checkpoint_pages);
}

// Opened, configured and with its schema before any statement is prepared.
struct PreparedConnection {
  explicit PreparedConnection(const SqliteStoreOptions& options)
      : connection((make_log_durable(options.path, options.vfs), options.path),
                   SqliteAccess::read_write, options.vfs) {
    configure(connection, options.checkpoint_pages);
    set_up_schema(connection, options.path);
  }
  SqliteConnection connection;
};

class SqliteStore : public Store {
 public:
  explicit SqliteStore(SqliteStoreOptions options)
      : options_(std::move(options)),
        prepared_(options_),
        set_meta_(connection_, "UPDATE meta SET value = ?2 WHERE name = ?1"),
        find_revision_(connection_, "SELECT value FROM meta WHERE name = 'revision'"),
        find_row_(connection_, "SELECT id, revision FROM rows WHERE key = ?1"),
        add_row_(connection_,
                 "INSERT INTO rows (key, kind, json, revision) VALUES (?1, ?2, ?3, ?4)"
                 " RETURNING id"),
        change_row_(connection_, "UPDATE rows SET json = ?2, revision = ?3 WHERE id = ?1"),
        add_mark_(connection_,
                  "INSERT INTO audience_log (audience, revision, is_entry, item, deleted)"
                  " VALUES (?1, ?2, ?3, ?4, ?5)"),
        erase_row_mark_(connection_,
                        "DELETE FROM audience_log WHERE audience = ?1 AND revision = ?2"
                        " AND is_entry = 0 AND item = ?3"),
        find_audience_(connection_, "SELECT id FROM audiences WHERE name = ?1"),
        add_audience_(connection_, "INSERT INTO audiences (name) VALUES (?1) RETURNING id"),
        add_ledger_(connection_,
                    "INSERT INTO ledger (number, revision, json, previous_hash, hash)"
                    " VALUES (?1, ?2, ?3, ?4, ?5)"),
        add_result_(
            connection_,
            "INSERT INTO results (command, client, user, revision, at_ms, json)"
            " VALUES (?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT (command) DO UPDATE SET"
            " client = excluded.client, revision = excluded.revision, json = excluded.json"),
        find_result_(connection_, "SELECT client, user, json FROM results WHERE command = ?1"),
        put_client_(connection_,
                    "INSERT INTO clients (client, user, last_sequence, seen_ms)"
                    " VALUES (?1, ?2, ?3, ?4) ON CONFLICT (client) DO UPDATE SET"
                    " last_sequence = excluded.last_sequence, seen_ms = excluded.seen_ms"),
        forget_client_(connection_, "DELETE FROM clients WHERE client = ?1"),
        put_credential_(connection_, put_credential_sql),
        put_view_epoch_(connection_,
                        "INSERT INTO view_epochs (user, epoch) VALUES (?1, ?2)"
                        " ON CONFLICT (user) DO UPDATE SET epoch = excluded.epoch"),
        readers_(std::make_shared<SqliteReaderPool>(options_.path, options_.vfs, known_audiences_,
                                                    watch_)) {
    read_head();
    if (watch_) watch_->begin();
  }

  StoreHead head() override {
    const std::lock_guard lock(mutex_);
    return head_;
  }

  StoreResult<void> commit(const CommitBatch& batch) override {
    const std::lock_guard lock(mutex_);
    auto committed = guarded([&] {
      StoreHead next = head_;
      next.revision = batch.revision;
      next.now_ms = batch.now_ms;
      fault("begin");
      expect_own_files();
      SqliteTransaction transaction(connection_, "BEGIN IMMEDIATE");
      expect_own_head();
      write_rows(batch);
      write_ledger(batch, next);
      write_results(batch);
      set_meta_.bind(1, "revision").bind(2, next.revision).run();
      set_meta_.bind(1, "now_ms").bind(2, next.now_ms).run();
      fault("commit");
      transaction.commit();
      expect_own_files();
      head_ = std::move(next);
    });
    if (committed) remember_new_audiences();
    new_audiences_.clear();
    if (committed) return committed;
    if (committed.error().fault == StoreFault::diverged) {
      auto found = guarded([&] { read_head(); });
      if (!found) return found;
    }
    return committed;
  }

  StoreResult<std::vector<StoredClient>> clients() override {
    const std::lock_guard lock(mutex_);
    return guarded([&] {
      SqliteStatement rows(connection_, "SELECT client, user, last_sequence, seen_ms FROM clients");
      std::vector<StoredClient> clients;
      while (rows.step()) {
        clients.push_back({std::string(rows.text(0)), std::string(rows.text(1)), rows.integer(2),
                           rows.integer(3)});
      }
      return clients;
    });
  }

  StoreResult<std::unordered_map<std::string, StoredResult>> results(
      const std::vector<std::string>& commands) override {
    const std::lock_guard lock(mutex_);
    return guarded([&] {
      std::unordered_map<std::string, StoredResult> results;
      SqliteTransaction snapshot(connection_, "BEGIN");  // one lock for all look-ups
      for (const std::string& command : commands) {
        const SqliteReset reset(find_result_);
        if (!find_result_.bind(1, command).step()) continue;
        results.emplace(command, StoredResult{std::string(find_result_.text(0)),
                                              std::string(find_result_.text(1)),
                                              std::string(find_result_.text(2))});
      }
      snapshot.commit();
      return results;
    });
  }

  std::shared_ptr<StoreReader> reader() override { return readers_->take(); }

  StoreResult<std::vector<SessionRecord>> sessions() override {
    const std::lock_guard lock(mutex_);
    return guarded([&] {
      SqliteStatement rows(
          connection_, "SELECT token_hash, user, csrf_token, created_ms, seen_ms FROM sessions");
      std::vector<SessionRecord> sessions;
      while (rows.step()) {
        sessions.push_back({std::string(rows.text(0)), std::string(rows.text(1)),
                            std::string(rows.text(2)), rows.integer(3), rows.integer(4)});
      }
      return sessions;
    });
  }

  StoreResult<bool> start_session(const SessionStart& start) override {
    const std::lock_guard lock(mutex_);
    return guarded([&] {
      expect_own_files();
      return yuanyue::start_session(connection_, start);
    });
  }

  StoreResult<void> touch_session(std::string_view token_hash, std::int64_t seen_ms) override {
    return run("UPDATE sessions SET seen_ms = ?2 WHERE token_hash = ?1",
               [&](SqliteStatement& sql) { sql.bind(1, token_hash).bind(2, seen_ms); });
  }

  StoreResult<void> erase_session(std::string_view token_hash) override {
    return run("DELETE FROM sessions WHERE token_hash = ?1",
               [&](SqliteStatement& sql) { sql.bind(1, token_hash); });
  }

  StoreResult<void> erase_sessions_before(std::int64_t created_ms, std::int64_t seen_ms) override {
    return run("DELETE FROM sessions WHERE created_ms < ?1 OR seen_ms < ?2",
               [&](SqliteStatement& sql) { sql.bind(1, created_ms).bind(2, seen_ms); });
  }

  StoreResult<std::vector<FailureRecord>> failures() override {
    const std::lock_guard lock(mutex_);
    return guarded([&] {
      SqliteStatement rows(connection_,
                           "SELECT subject, count, last_ms, locked_until_ms FROM failures");
      std::vector<FailureRecord> failures;
      while (rows.step()) {
        failures.push_back({std::string(rows.text(0)), static_cast<int>(rows.integer(1)),
                            rows.integer(2), rows.integer(3)});
      }
      return failures;
    });
  }

  StoreResult<void> save_failures(const std::vector<FailureRecord>& failures) override {
    const std::lock_guard lock(mutex_);
    return guarded([&] {
      expect_own_files();
      yuanyue::save_failures(connection_, failures);
    });
  }

  StoreResult<void> erase_failures(const std::vector<std::string>& subjects) override {
    const std::lock_guard lock(mutex_);
    return guarded([&] {
      expect_own_files();
      yuanyue::erase_failures(connection_, subjects);
    });
  }

  StoreResult<std::string> secret(std::string_view name, std::string_view made) override {
    const std::lock_guard lock(mutex_);
    return guarded([&] { return own_secret(connection_, name, made); });
  }

  StoreResult<void> erase_failures_before(std::int64_t last_ms) override {
    return run("DELETE FROM failures WHERE last_ms < ?1 AND locked_until_ms < ?1",
               [&](SqliteStatement& sql) { sql.bind(1, last_ms); });
  }

  StoreResult<void> add_auth_event(const AuthEvent& event) override {
    const auto added =
        run("INSERT INTO auth_events (at_ms, event, user, address)"
            " VALUES (?1, ?2, ?3, ?4)",
            [&](SqliteStatement& sql) {
              sql.bind(1, event.at_ms).bind(2, event.event);
              sql.bind(3, event.user).bind(4, event.address);
            });
    if (!added) return added;
    return run("DELETE FROM auth_events WHERE number <= (SELECT max(number) FROM auth_events) - ?1",
               [&](SqliteStatement& sql) { sql.bind(1, std::int64_t{auth_events_kept}); });
  }

  StoreResult<bool> prune(std::int64_t before_ms, std::int64_t keep_revisions) override {
    const std::lock_guard lock(mutex_);
    return guarded([&] {
      expect_own_files();
      SqliteTransaction transaction(connection_, "BEGIN IMMEDIATE");
      // Results are in the order of time.
      SqliteStatement results(connection_,
                              "DELETE FROM results WHERE number IN"
                              " (SELECT number FROM results ORDER BY number LIMIT ?2)"
                              " AND at_ms < ?1");
      results.bind(1, before_ms).bind(2, std::int64_t{prune_step_rows}).run();
      const bool is_more_left = sqlite3_changes(connection_.handle()) == prune_step_rows;
      SqliteStatement(connection_, "DELETE FROM clients WHERE seen_ms < ?1")
          .bind(1, before_ms)
          .run();
      const std::int64_t oldest = head_.revision - keep_revisions;
      if (oldest > head_.oldest_revision) {
        SqliteStatement tombstones(connection_,
                                   "DELETE FROM audience_log WHERE deleted = 1 AND revision <= ?1");
        tombstones.bind(1, oldest).run();
        SqliteStatement rows(connection_, "DELETE FROM rows WHERE json = '' AND revision <= ?1");
        rows.bind(1, oldest).run();
        set_meta_.bind(1, "oldest_revision").bind(2, oldest).run();
      }
      transaction.commit();
      if (oldest > head_.oldest_revision) head_.oldest_revision = oldest;
      return is_more_left;
    });
  }

  StoreResult<void> backup(const std::string& path) override {
    if (watch_ && watch_->look()) {
      // Under their names stand other files. The writer's are still open.
      const std::lock_guard lock(mutex_);
      return guarded([&] { SqliteStatement(connection_, "VACUUM INTO ?1").bind(1, path).run(); });
    }
    // VACUUM INTO reads one snapshot; a connection of its own does not hold up the writer.
    return guarded([&] {
      SqliteConnection connection(options_.path, SqliteAccess::read_only, options_.vfs);
      SqliteStatement copy(connection, "VACUUM INTO ?1");
      copy.bind(1, path).run();
    });
  }

 private:
  // What cannot be remembered is looked up again: a commit that is on disk is never called failed.
  void remember_new_audiences() noexcept {
    try {
      for (const auto& [name, id] : new_audiences_) known_audiences_->add(name, id);
    } catch (const std::bad_alloc&) {
      new_audiences_.clear();
    }
  }

  void read_head() {
    auto head = readers_->take()->head();
    if (!head) throw SqliteError(head.error().message, head.error().fault);
    head_ = std::move(*head);
  }

  // Before a commit, so that nothing is written where nobody will find it; after it, so that
  // nothing of that kind is acknowledged.
  void expect_own_files() {
    if (!watch_) return;
    const auto problem = watch_->look();
    if (!problem) return;
    if (problem->fault == StoreFault::replaced) save_what_is_open();
    throw SqliteError(problem->message, problem->fault);
  }

  // A log that was deleted still holds what was acknowledged since the last checkpoint. Once: it
  // goes into the database, which may well be there; and no file of that name is deleted at the
  // end, it is somebody else's.
  void save_what_is_open() {
    if (std::exchange(is_open_saved_, true)) return;
    int keep = 1;
    sqlite3_file_control(connection_.handle(), nullptr, SQLITE_FCNTL_PERSIST_WAL, &keep);
    sqlite3_wal_checkpoint_v2(connection_.handle(), nullptr, SQLITE_CHECKPOINT_PASSIVE, nullptr,
                              nullptr);
    watch_->part_log_from_another_database();
  }

  // What this process decided, it decided on top of the last commit that it knows.
  void expect_own_head() {
    const SqliteReset reset(find_revision_);
    if (find_revision_.step() && find_revision_.integer(0) == head_.revision) return;
    throw SqliteError("the store has commits of another process", StoreFault::diverged);
  }

  void fault(std::string_view step) const {
    if (options_.fail_at && options_.fail_at(step)) {
      throw SqliteError("injected fault at " + std::string(step), StoreFault::disk_full);
    }
  }

  void write_rows(const CommitBatch& batch) {
    fault("rows");
    for (const RowWrite& row : batch.rows) {
      RowPlace place = find_row(row.key);
      if (place.id == 0) {
        add_row_.bind(1, row.key).bind(2, row.kind).bind(3, row.json).bind(4, batch.revision);
        const SqliteReset reset(add_row_);
        add_row_.step();
        place.id = add_row_.integer(0);
      } else {
        change_row_.bind(1, place.id).bind(2, row.json).bind(3, batch.revision).run();
      }
      for (const std::string& name : row.audiences) {
        write_row_mark(name, place, batch.revision, false);
      }
      for (const std::string& name : row.lost_audiences) {
        write_row_mark(name, place, batch.revision, true);
      }
    }
  }

  struct RowPlace {
    std::int64_t id = 0;
    std::int64_t old_revision = 0;  // 0: it was not there
  };
  RowPlace find_row(const std::string& key) {
    const SqliteReset reset(find_row_);
    if (!find_row_.bind(1, key).step()) return {};
    return {find_row_.integer(0), find_row_.integer(1)};
  }

  void write_row_mark(const std::string& name, const RowPlace& place, std::int64_t revision,
                      bool deleted) {
    const std::int64_t audience = audience_id(name);
    if (place.old_revision > 0) {
      erase_row_mark_.bind(1, audience).bind(2, place.old_revision).bind(3, place.id).run();
    }
    add_mark_.bind(1, audience).bind(2, revision).bind(3, std::int64_t{0}).bind(4, place.id);
    add_mark_.bind(5, std::int64_t{deleted ? 1 : 0}).run();
  }

  std::int64_t audience_id(const std::string& name) {
    if (const auto known = known_audiences_->find(name)) return *known;
    const auto made = new_audiences_.find(name);
    if (made != new_audiences_.end()) return made->second;
    find_audience_.bind(1, name);
    const bool found = find_audience_.step();
    std::int64_t id = found ? find_audience_.integer(0) : 0;
    find_audience_.reset();
    if (!found) {
      add_audience_.bind(1, name).step();
      id = add_audience_.integer(0);
      add_audience_.reset();
    }
    new_audiences_.emplace(name, id);
    return id;
  }

  void write_ledger(const CommitBatch& batch, StoreHead& next) {
    fault("ledger");
    for (const LedgerWrite& entry : batch.ledger) {
      const std::string hash = ledger_hash(next.ledger_hash, entry.json);
      ++next.ledger_entries;
      add_ledger_.bind(1, next.ledger_entries).bind(2, batch.revision).bind(3, entry.json);
      add_ledger_.bind(4, next.ledger_hash).bind(5, hash).run();
      for (const std::string& audience : entry.audiences) {
        add_mark_.bind(1, audience_id(audience)).bind(2, batch.revision).bind(3, std::int64_t{1});
        add_mark_.bind(4, next.ledger_entries).bind(5, std::int64_t{0}).run();
      }
      next.ledger_hash = hash;
    }
    if (batch.ledger.empty()) return;
    set_meta_.bind(1, "ledger_entries").bind(2, next.ledger_entries).run();
    set_meta_.bind(1, "ledger_hash").bind(2, next.ledger_hash).run();
  }

  void write_results(const CommitBatch& batch) {
    fault("results");
    for (const ResultWrite& result : batch.results) {
      add_result_.bind(1, result.command).bind(2, result.client).bind(3, result.user);
      add_result_.bind(4, batch.revision).bind(5, batch.now_ms).bind(6, result.json).run();
    }
    for (const ClientWrite& client : batch.clients) {
      put_client_.bind(1, client.client).bind(2, client.user).bind(3, client.last_sequence);
      put_client_.bind(4, batch.now_ms).run();
    }
    for (const std::string& client : batch.forgotten_clients) forget_client_.bind(1, client).run();
    for (const CredentialWrite& credential : batch.credentials) write_credential(credential);
    if (!batch.ended_users.empty()) {
      SqliteStatement end(connection_, "DELETE FROM sessions WHERE user = ?1");
      for (const std::string& user : batch.ended_users) end.bind(1, user).run();
    }
    for (const ViewEpochWrite& view : batch.view_epochs) {
      put_view_epoch_.bind(1, view.user).bind(2, view.epoch).run();
    }
  }

  void write_credential(const CredentialWrite& credential) {
    put_credential_.bind(1, credential.user).bind(2, credential.password_hash);
    put_credential_.bind(3, std::int64_t{credential.must_change ? 1 : 0}).run();
  }

  template <class Bind>
  StoreResult<void> run(const char* sql, Bind bind) {
    const std::lock_guard lock(mutex_);
    return guarded([&] {
      expect_own_files();
      SqliteStatement statement(connection_, sql);
      bind(statement);
      statement.run();
    });
  }

  SqliteStoreOptions options_;
  std::mutex mutex_;  // guards everything below but readers_
  PreparedConnection prepared_;
  SqliteConnection& connection_ = prepared_.connection;
  SqliteStatement set_meta_;
  SqliteStatement find_revision_;
  SqliteStatement find_row_;
  SqliteStatement add_row_;
  SqliteStatement change_row_;
  SqliteStatement add_mark_;
  SqliteStatement erase_row_mark_;
  SqliteStatement find_audience_;
  SqliteStatement add_audience_;
  SqliteStatement add_ledger_;
  SqliteStatement add_result_;
  SqliteStatement find_result_;
  SqliteStatement put_client_;
  SqliteStatement forget_client_;
  SqliteStatement put_credential_;
  SqliteStatement put_view_epoch_;
  std::shared_ptr<AudienceIds> known_audiences_ = std::make_shared<AudienceIds>();
  // Null on another file system than the machine's own.
  std::shared_ptr<FileWatch> watch_ =
      options_.vfs.empty() ? std::make_shared<FileWatch>(options_.path) : nullptr;
  bool is_open_saved_ = false;
  std::shared_ptr<SqliteReaderPool> readers_;
  std::unordered_map<std::string, std::int64_t> new_audiences_;  // of the commit under way
  StoreHead head_;
};

}  // namespace

StoreResult<std::unique_ptr<Store>> open_sqlite_store(SqliteStoreOptions options) {
  return guarded([&]() -> std::unique_ptr<Store> {
    return std::make_unique<SqliteStore>(std::move(options));
  });
}

}  // namespace yuanyue
